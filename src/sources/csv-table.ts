import { CsvError, readCsv } from './csv.js';
import type { RowProblems } from './row-problems.js';

/** One row of a table with a heading: `get` finds a cell by its column, trimmed; undefined where it is empty. */
export interface TableRow {
  /** `people.csv:7`: the file and the line on which the row begins. */
  readonly row: string;
  get(column: string): string | undefined;
}

/** A table whose columns are known. Columns are found whatever the capitals, blanks and underscores of their headings. */
export interface Table {
  readonly columns: readonly string[];
  /** Whether there is such a column. */
  has(column: string): boolean;
  readonly rows: AsyncIterable<TableRow>;
}

/** One spelling for a heading: `Last Working Day`, `last_working_day` and `lastWorkingDay` are the same column. */
export const headingKey = (heading: string) => heading.toLowerCase().replace(/[\s_.-]+/g, '');

/**
 * Reads CSV with a heading. A row with more or fewer cells than the heading has is a problem, and is not given; so is
 * what is no CSV, from where on nothing is read.
 */
export async function readTable(
  file: string,
  pieces: AsyncIterable<string> | Iterable<string>,
  problems: RowProblems,
): Promise<Table> {
  const rows = readCsv(pieces);
  const columns = await headingOf(file, rows, problems);
  const index = new Map(columns.map((column, at) => [headingKey(column), at]));
  return {
    columns,
    has: (column) => index.has(headingKey(column)),
    rows: rowsOf(file, rows, columns.length, index, problems),
  };
}

async function headingOf(
  file: string,
  rows: ReturnType<typeof readCsv>,
  problems: RowProblems,
): Promise<readonly string[]> {
  const first = await nextOf(file, rows, problems);
  if (!first) {
    if (problems.isEmpty)
      problems.add(file, '', 'NO_HEADING', 'is empty; the first line has to name the columns.');
    return [];
  }
  const columns = first.cells.map((cell) => cell.trim());
  const seen = new Set<string>();
  for (const column of columns) {
    const key = headingKey(column);
    if (key !== '' && seen.has(key)) {
      problems.add(`${file}:${first.line}`, column, 'COLUMN_TWICE', `has two columns named ${column}.`);
    }
    seen.add(key);
  }
  return columns;
}

async function* rowsOf(
  file: string,
  rows: ReturnType<typeof readCsv>,
  width: number,
  index: ReadonlyMap<string, number>,
  problems: RowProblems,
): AsyncGenerator<TableRow> {
  for (;;) {
    const next = await nextOf(file, rows, problems);
    if (!next) return;
    const row = `${file}:${next.line}`;
    if (next.cells.length !== width) {
      problems.add(
        row,
        '',
        'CELL_COUNT',
        `has ${next.cells.length} cells, and the heading has ${width}; a cell with a separator needs quotation marks.`,
      );
      continue;
    }
    yield {
      row,
      get: (column) => next.cells[index.get(headingKey(column)) ?? -1]?.trim() || undefined,
    };
  }
}

/** The next row; undefined at the end, and where the text is no CSV from there on, which is a problem. */
async function nextOf(file: string, rows: ReturnType<typeof readCsv>, problems: RowProblems) {
  try {
    const next = await rows.next();
    return next.done ? undefined : next.value;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    problems.add(`${file}:${error.line}`, '', 'NOT_CSV', `${error.message}; nothing after it could be read.`);
    return undefined;
  }
}
