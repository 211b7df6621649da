/** A value of a cell; null is unknown, or not there. */
export type Cell = string | number | boolean | null | readonly string[];

/** What a spreadsheet takes for the beginning of a formula, in wide form too. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

/**
 * Rows as CSV (RFC 4180): a comma between fields, CRLF at the end of each row, the first row the names. A text that a
 * spreadsheet would run as a formula begins with an apostrophe (OWASP, CSV injection). Several values are joined by
 * `; `, and null is an empty field.
 */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(cell: Cell): string {
  if (cell === null) return '';
  // Numbers of ours are numbers, also negative ones.
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  const text = typeof cell === 'string' ? cell : cell.join('; ');
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
