import type { Command } from 'commander';
import type { Context } from '../../context.js';
import { BROKEN_COLUMNS } from '../../list/broken.js';
import { type ListOptions, listOptions } from '../../list/options.js';

export function addBroken(program: Command, context: Context): void {
  const command = program
    .command('broken')
    .summary('apps and jobs that do not work, or will not when something expires, and by what')
    .description(
      'Lists the apps and jobs that do not work although they have not ended, then those that will not when something ' +
        'expires, the first first; each with what it is by, and through what.',
    );
  listOptions(command, BROKEN_COLUMNS)
    .addHelpText(
      'after',
      `
Examples:
  $ tendril broken
  $ tendril broken --csv > broken.csv
  $ tendril broken --json | jq '.[] | {id, stopsAt, by: (.brokenBy // .stopsBy).steps[0].from.id}'`,
    )
    .action((options: ListOptions) => show(context, options));
}

async function show(context: Context, options: ListOptions): Promise<void> {
  const { BrokenDocument } = await import('../../../documents/generated/graphql.js');
  const { showList } = await import('../../list/list.js');
  await showList(context, options, {
    document: BrokenDocument,
    variables: {},
    columns: BROKEN_COLUMNS,
    rows: ({ broken }) => broken,
    noun: ['workload does not work, or will not', 'workloads do not work, or will not'],
    none: 'Every app and job works, and nothing that expires will stop one, as far as the sources look.',
  });
}
