import type { Command } from 'commander';
import { formatTime, type Millis } from '../../../model/time.js';
import { time } from '../../arguments.js';
import type { Context } from '../../context.js';
import { CHANGE_COLUMNS } from '../../list/changes.js';
import { type ListOptions, listOptions } from '../../list/options.js';

interface Options extends ListOptions {
  readonly since: Millis;
  readonly until?: Millis;
  readonly human?: string;
}

export function addChanges(program: Command, context: Context): void {
  const command = program
    .command('changes')
    .summary('what is new, gone or wider between two moments, of everybody or one person')
    .description(
      'Lists what differs between two moments, as it was recorded: entities, then relationships. With --human: what that ' +
        'person can use in one of them and not in the other, or with another level.',
    )
    .requiredOption('--since <time>', 'the earlier moment (ISO 8601)', time)
    .option('--until <time>', 'the later moment; left out: now', time)
    .option('--human <human>', 'id or email of a human, or id of an account');
  listOptions(command, CHANGE_COLUMNS)
    .addHelpText(
      'after',
      `
Examples:
  $ tendril changes --since 2026-11-01
  $ tendril changes --since 2026-10-01 --until 2026-11-01 --csv > october.csv
  $ tendril changes --since 2026-11-01 --human ada@acme.example`,
    )
    .action((options: Options) => show(context, options));
}

async function show(context: Context, options: Options): Promise<void> {
  const { ChangesDocument } = await import('../../../documents/generated/graphql.js');
  const { showList } = await import('../../list/list.js');
  const { since, until, human } = options;
  await showList(context, options, {
    document: ChangesDocument,
    variables: {
      since: formatTime(since),
      ...(until !== undefined && { until: formatTime(until) }),
      ...(human !== undefined && { human }),
    },
    columns: CHANGE_COLUMNS,
    rows: ({ changes }) => changes,
    noun: ['difference', 'differences'],
    none: 'Nothing that was recorded differs.',
  });
}
