import type { Command } from 'commander';
import { columnNames, type ListColumn } from './columns.js';

/** The options of every command that prints a list. */
export interface ListOptions {
  readonly csv?: true;
  readonly columns?: readonly string[];
  readonly all?: true;
}

/** How many rows of a table are shown without `--all`. */
export const SHOWN = 30;

/** Gives a command the options of a list. */
export function listOptions(command: Command, columns: readonly Pick<ListColumn<never>, 'name'>[]): Command {
  const names = columns.map(({ name }) => name).join(', ');
  return command
    .option('--csv', 'as CSV (RFC 4180), all rows')
    .option('--columns <names>', `only these columns, of ${names}`, columnNames(columns))
    .option('--all', `all rows of the table, not only the first ${SHOWN}`);
}
