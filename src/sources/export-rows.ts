import { readTable } from './csv-table.js';
import { isObject, itemsOf, JsonValuesError, readJsonValues, textAt } from './json-values.js';
import type { RowProblems } from './row-problems.js';

/** One item of an export that may be CSV or JSON: `get` finds the first of several names that has a value. */
export interface ExportRow {
  /** `users.csv:7`, or `users.json[6]`. */
  readonly row: string;
  get(...names: readonly string[]): string | undefined;
}

/** The items of an export, and whether it has a field at all. */
export interface ExportRows {
  has(...names: readonly string[]): boolean;
  readonly rows: readonly ExportRow[];
}

/**
 * Reads an export of users that is CSV, or JSON as the vendor's API answers (a list, several pages, or objects with the
 * list under `value`). A name with dots is a path in JSON (`profile.email`) and a heading in CSV.
 */
export async function readExport(file: string, text: string, problems: RowProblems): Promise<ExportRows> {
  return /^\s*[[{]/.test(text.replace(/^\uFEFF/, ''))
    ? readJsonExport(file, text, problems)
    : readCsvExport(file, text, problems);
}

/**
 * Requires that an export that has items has some fields, each by one of its names.
 *
 * @param fields by what a message calls them
 * @param advice what to do about a field that is missing, as a part of a sentence
 */
export function requireColumns(
  file: string,
  table: ExportRows,
  fields: Readonly<Record<string, readonly string[]>>,
  advice: (name: string) => string,
  problems: RowProblems,
): void {
  if (table.rows.length === 0) return;
  for (const [name, names] of Object.entries(fields))
    if (!table.has(...names)) problems.add(file, name, 'NO_COLUMN', `has no ${name}; ${advice(name)}`);
}

async function readCsvExport(file: string, text: string, problems: RowProblems): Promise<ExportRows> {
  const table = await readTable(file, [text], problems);
  const rows: ExportRow[] = [];
  for await (const { row, get } of table.rows) {
    rows.push({ row, get: (...names) => first(names, get) });
  }
  return { has: (...names) => names.some((name) => table.has(name)), rows };
}

function readJsonExport(file: string, text: string, problems: RowProblems): ExportRows {
  const items = readItems(file, text, problems);
  const rows = items.flatMap((item, at): ExportRow[] => {
    const row = `${file}[${at}]`;
    if (!isObject(item)) {
      problems.add(row, '', 'NOT_AN_OBJECT', 'is not an object.');
      return [];
    }
    const get = (name: string) => scalarAt(item, name);
    return [{ row, get: (...names) => first(names, get) }];
  });
  // A field that the vendor leaves out where it is empty is still one that was asked for: one item with it is enough.
  return { has: (...names) => items.some((item) => names.some((name) => isThere(item, name))), rows };
}

function readItems(file: string, text: string, problems: RowProblems): unknown[] {
  try {
    return itemsOf(readJsonValues(text), 'value', 'users', 'Resources');
  } catch (error) {
    if (!(error instanceof JsonValuesError)) throw error;
    problems.add(file, '', 'NOT_JSON', `${error.message}.`);
    return [];
  }
}

function first(names: readonly string[], get: (name: string) => string | undefined): string | undefined {
  for (const name of names) {
    const found = get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function scalarAt(item: unknown, name: string): string | undefined {
  const path = name.split('.');
  const last = path.at(-1) as string;
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), item);
  const value = isObject(parent) ? parent[last] : undefined;
  return typeof value === 'boolean' ? String(value) : textAt(item, ...path);
}

function isThere(item: unknown, name: string): boolean {
  const path = name.split('.');
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), item);
  return isObject(parent) && Object.hasOwn(parent, path.at(-1) as string);
}
