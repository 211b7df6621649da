import type { Command } from 'commander';
import type { Millis } from '../../../model/time.js';
import { asOfOption, asOfVariable } from '../../arguments.js';
import type { Context } from '../../context.js';
import { type ListOptions, listOptions } from '../../list/options.js';
import { REACHER_COLUMNS } from '../../list/reachers.js';

interface Options extends ListOptions {
  readonly asOf?: Millis;
}

export function addWhoCanReach(program: Command, context: Context): void {
  const command = program
    .command('who-can-reach')
    .summary('everybody who can use a thing, with what they can do and by which way')
    .description(
      'Lists the people who can use a thing, whatever their status: those who can do most with it first, each with the ' +
        'shortest way.',
    )
    .argument('<thing>', 'id of a resource, secret, account or anything else but a human')
    .addOption(asOfOption());
  listOptions(command, REACHER_COLUMNS)
    .addHelpText(
      'after',
      `
Examples:
  $ tendril who-can-reach aws:acme/account/production
  $ tendril who-can-reach vault:acme/secret/db --csv > reachers.csv
  $ tendril who-can-reach github:acme/repo/web --as-of 2026-10-01`,
    )
    .action((thing: string, options: Options) => show(context, thing, options));
}

async function show(context: Context, thing: string, options: Options): Promise<void> {
  const { WhoCanReachDocument } = await import('../../../documents/generated/graphql.js');
  const { showList } = await import('../../list/list.js');
  await showList(context, options, {
    document: WhoCanReachDocument,
    variables: { entity: thing, ...asOfVariable(options.asOf) },
    columns: REACHER_COLUMNS,
    rows: ({ people }) => people,
    noun: ['person can use it', 'people can use it'],
    none: 'Nobody can use it, as far as the sources look.',
  });
}
