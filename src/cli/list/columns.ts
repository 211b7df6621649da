import { oneOf } from '../choices.js';
import type { Column, Style } from '../output.js';
import type { Cell } from './csv.js';

/** A column of a list: as CSV names it, and as a table shows it. */
export interface ListColumn<Row> {
  /** The name of the GraphQL field, or what is nearest to one. */
  readonly name: string;
  /** Left out of a table unless it is asked for. */
  readonly hidden?: true;
  /** What a table says where the value is not known; left out: nothing. */
  readonly unknown?: string;
  readonly align?: Column['align'];
  of(row: Row): Cell;
  /** How the value stands out in a table. */
  style?(row: Row): Style | undefined;
}

/** The columns that were asked for, in that order. */
export function chosen<Row>(
  columns: readonly ListColumn<Row>[],
  names: readonly string[],
): readonly ListColumn<Row>[] {
  return names.flatMap((name) => columns.filter((column) => column.name === name));
}

/** Reads `--columns` for commander: names in any case, with commas, or the option again. */
export function columnNames(columns: readonly { readonly name: string }[]) {
  const read = oneOf(columns.map(({ name }) => name));
  return (text: string, before: readonly string[] | undefined): string[] => [
    ...(before ?? []),
    ...text.split(',').map((name) => read(name)),
  ];
}
