import { type Command, Option } from 'commander';
import type { EntityKind } from '../../../documents/generated/graphql.js';
import { ANSWERED_FOR } from '../../../model/kinds.js';
import { someOf } from '../../choices.js';
import type { Context } from '../../context.js';
import { type ListOptions, listOptions } from '../../list/options.js';
import { UNOWNED_COLUMNS } from '../../list/unowned.js';

interface Options extends ListOptions {
  readonly kinds?: readonly EntityKind[];
}

/** The kinds that somebody has to answer for, as GraphQL names them. */
const KINDS = ANSWERED_FOR.map((kind) => kind.replace(/(?!^)([A-Z])/g, '_$1').toUpperCase() as EntityKind);

export function addUnowned(program: Command, context: Context): void {
  const command = program
    .command('unowned')
    .summary('what works and nobody who is here answers for')
    .description('Lists the live things that no live person answers for.')
    .addOption(new Option('--kinds <kinds...>', 'only of these kinds').argParser(someOf(KINDS)));
  listOptions(command, UNOWNED_COLUMNS)
    .addHelpText(
      'after',
      `
Examples:
  $ tendril unowned
  $ tendril unowned --kinds job app --csv > unowned.csv`,
    )
    .action((options: Options) => show(context, options));
}

async function show(context: Context, options: Options): Promise<void> {
  const { UnownedDocument } = await import('../../../documents/generated/graphql.js');
  const { showList } = await import('../../list/list.js');
  await showList(context, options, {
    document: UnownedDocument,
    variables: { kinds: options.kinds === undefined ? null : [...options.kinds] },
    columns: UNOWNED_COLUMNS,
    rows: ({ unowned }) => unowned,
    noun: ['thing that nobody answers for', 'things that nobody answers for'],
    none: 'Somebody answers for every such thing, as far as the sources look.',
  });
}
