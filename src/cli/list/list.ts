import type { Client } from '../../client/client.js';
import { executeAll } from '../../client/execute-all.js';
import { nodesOf, withoutPages } from '../../client/plain.js';
import type { TypedDocumentString } from '../../documents/generated/graphql.js';
import { connect } from '../connect.js';
import { type Context, printJson, printLines } from '../context.js';
import { counted } from '../offboard/words.js';
import { type Piece, renderLine, renderTable } from '../output.js';
import { UsageError } from '../usage-error.js';
import { chosen, type ListColumn } from './columns.js';
import { type Cell, csvText } from './csv.js';
import { type ListOptions, SHOWN } from './options.js';

/** A page of a list, or all of it. */
export interface Rows<Row> {
  readonly totalCount: number;
  readonly edges: readonly { readonly node: Row }[];
}

/** A list: what is asked, and how its rows are told. */
export interface List<Result, Variables, Row> {
  readonly document: TypedDocumentString<Result, Variables>;
  /** The variables, but the size of a page. */
  readonly variables: Omit<Variables, 'first'>;
  readonly columns: readonly ListColumn<Row>[];
  rows(result: Result): Rows<Row>;
  /** What there are so many of: one, and several. */
  readonly noun: readonly [one: string, many: string];
  /** The sentence where there are none. */
  readonly none: string;
  /** What a person has to know besides the rows: what was left out, and what is not known. */
  notes?(result: Result): readonly string[];
}

/** The most rows on a page of a stored list. */
const MOST_ROWS = 1000;

/** Asks for a list and prints it: as a table, as CSV, or as JSON. */
export async function showList<Result, Variables extends { readonly first: number }, Row>(
  context: Context,
  options: ListOptions,
  list: List<Result, Variables, Row>,
): Promise<void> {
  if (context.json && (options.csv || options.columns)) {
    throw new UsageError(
      'Give `--json` or `--csv`, and `--columns` only without `--json`; it always has all fields.',
    );
  }
  await connect(context, async (client) => {
    const whole = context.json || options.csv === true || options.all === true;
    const result = whole
      ? await executeAll(client, list.document, list.variables, MOST_ROWS)
      : await firstRows(client, list);
    const notes = list.notes?.(result) ?? [];
    if (context.json || options.csv) for (const note of notes) context.note(note);
    if (context.json) return printJson(context, withoutPages(list.rows(result)) as unknown);
    const rows = nodesOf(list.rows(result));
    if (options.csv) return context.print(csvOf(rows, columnsOf(list, options, true)));
    printLines(context, [...table(context, options, list, rows, list.rows(result).totalCount), ...notes]);
  });
}

function firstRows<Result, Variables extends { readonly first: number }, Row>(
  client: Client,
  { document, variables }: List<Result, Variables, Row>,
): Promise<Result> {
  return client.execute(document, { ...variables, first: SHOWN } as Variables);
}

function columnsOf<Result, Variables, Row>(
  { columns }: List<Result, Variables, Row>,
  { columns: names }: ListOptions,
  hidden: boolean,
): readonly ListColumn<Row>[] {
  if (names !== undefined) return chosen(columns, names);
  return columns.filter((column) => hidden || column.hidden !== true);
}

/** Rows as CSV, with the names of the columns. */
export function csvOf<Row>(rows: readonly Row[], columns: readonly ListColumn<Row>[]): string {
  return csvText([
    columns.map(({ name }) => name),
    ...rows.map((row) => columns.map((column) => column.of(row))),
  ]);
}

function table<Result, Variables, Row>(
  context: Context,
  options: ListOptions,
  list: List<Result, Variables, Row>,
  rows: readonly Row[],
  total: number,
): string[] {
  const { terminal } = context;
  if (total === 0) return [list.none];
  const columns = columnsOf(list, options, false);
  const titles = columns.map(({ name, align }) => ({ title: name, ...(align && { align }) }));
  const head = renderLine([{ text: counted(total, ...list.noun), style: 'strong' }], terminal);
  const more = total - rows.length;
  return [
    head,
    ...renderTable(
      titles,
      rows.map((row) => columns.map((column, at) => piece(column, row, at === columns.length - 1))),
      terminal,
    ),
    ...(more > 0 ? [`… and ${more} more; \`--all\` shows all of them, \`--csv\` writes them.`] : []),
  ];
}

/** A cell of a table. The last of a row is shortened where the line is too long. */
function piece<Row>(column: ListColumn<Row>, row: Row, last: boolean): Piece {
  const text = shown(column.of(row)) ?? column.unknown ?? '';
  const style = column.style?.(row);
  return { text, ...(style && { style }), ...(last && { elastic: true }) };
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** A value in words; times to the minute. */
function shown(cell: Cell): string | undefined {
  if (cell === null) return undefined;
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (typeof cell === 'string') return TIME.test(cell) ? `${cell.slice(0, 10)} ${cell.slice(11, 16)}` : cell;
  return typeof cell === 'number' ? String(cell) : cell.join(', ');
}
