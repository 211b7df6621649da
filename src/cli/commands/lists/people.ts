import { type Command, Option } from 'commander';
import type { RankingOrder } from '../../../documents/generated/graphql.js';
import { oneOf } from '../../choices.js';
import type { Context } from '../../context.js';
import { type ListOptions, listOptions } from '../../list/options.js';
import { EXPOSED_COLUMNS, STANDING_COLUMNS } from '../../list/people.js';

export function addLingering(program: Command, context: Context): void {
  const command = program
    .command('lingering')
    .summary('people who left and can still use something')
    .description('Lists the people who left and can still use something, those who can use most first.');
  listOptions(command, EXPOSED_COLUMNS)
    .addHelpText(
      'after',
      `
Examples:
  $ tendril lingering
  $ tendril lingering --csv > lingering.csv`,
    )
    .action((options: ListOptions) => showLingering(context, options));
}

async function showLingering(context: Context, options: ListOptions): Promise<void> {
  const { LingeringDocument } = await import('../../../documents/generated/graphql.js');
  const { showList } = await import('../../list/list.js');
  await showList(context, options, {
    document: LingeringDocument,
    variables: {},
    columns: EXPOSED_COLUMNS,
    rows: ({ people }) => people,
    noun: ['person who left and can still use something', 'people who left and can still use something'],
    none: 'As far as the sources look, who left can use nothing.',
  });
}

/** Every ranking, as the option offers it. */
const ORDERS: Readonly<Record<RankingOrder, true>> = { EXPOSURE: true, CONTINUITY: true, ORPHANS: true };

interface ExposedOptions extends ListOptions {
  readonly by: RankingOrder;
}

export function addExposed(program: Command, context: Context): void {
  const command = program
    .command('exposed')
    .summary('people by how much they can use, or by how much stands on them')
    .description(
      'Ranks people by how much they, or whoever holds what they hold, can use. By continuity or orphans it says who is ' +
        'a single point of failure: how much would stop, or be left without anybody who answers, without them.',
    )
    .addOption(
      new Option('--by <ranking>', `exposure, continuity or orphans`)
        .argParser(oneOf(Object.keys(ORDERS) as RankingOrder[]))
        .default('EXPOSURE', 'exposure'),
    );
  listOptions(command, STANDING_COLUMNS)
    .addHelpText(
      'after',
      `
Examples:
  $ tendril exposed
  $ tendril exposed --by continuity
  $ tendril exposed --by orphans --csv > orphans.csv`,
    )
    .action((options: ExposedOptions) => showExposed(context, options));
}

/** What people are, in the head of the list. */
const NOUNS: Readonly<Record<RankingOrder, readonly [string, string]>> = {
  EXPOSURE: ['person who can use something', 'people who can use something'],
  CONTINUITY: ['person without whom something stops', 'people without whom something stops'],
  ORPHANS: [
    'person without whom nobody answers for something',
    'people without whom nobody answers for something',
  ],
};

async function showExposed(context: Context, options: ExposedOptions): Promise<void> {
  const { ExposedDocument } = await import('../../../documents/generated/graphql.js');
  const { showList } = await import('../../list/list.js');
  const { by } = options;
  const standing =
    by !== 'EXPOSURE' || (options.columns?.some((name) => /^(continuity|orphans)$/.test(name)) ?? false);
  await showList(context, options, {
    document: ExposedDocument,
    variables: { by, standing },
    columns: standing ? STANDING_COLUMNS : EXPOSED_COLUMNS,
    rows: ({ people }) => people,
    noun: NOUNS[by],
    none: 'There is nobody like that, as far as the sources look.',
  });
}
