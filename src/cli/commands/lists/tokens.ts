import { type Command, Option } from 'commander';
import type { EntityFilter, EntityOrder, TokenType } from '../../../documents/generated/graphql.js';
import { TOKEN_TYPES } from '../../../model/properties.js';
import type { Millis } from '../../../model/time.js';
import { someOf } from '../../choices.js';
import type { Context } from '../../context.js';
import { before, duration, within } from '../../durations.js';
import { type ListOptions, listOptions } from '../../list/options.js';
import { TOKEN_COLUMNS, tokenNotes } from '../../list/tokens.js';

interface Options extends ListOptions {
  readonly type?: readonly TokenType[];
  readonly source?: readonly string[];
  readonly olderThan?: Millis;
  readonly expiresWithin?: Millis;
  readonly unusedFor?: Millis;
  readonly expired?: true;
}

export function addTokens(program: Command, context: Context): void {
  const command = program
    .command('tokens')
    .summary('credentials: how old, how long unused, when they expire, and whose they are')
    .description(
      'Lists the tokens, keys and passwords that work. A condition on a time lists only those whose time is known, and ' +
        'says how many others there are.',
    )
    .addOption(new Option('--type <types...>', 'only of these types').argParser(someOf(TOKEN_TYPES)))
    .option('--source <ids...>', 'only of these sources')
    .option('--older-than <time>', 'made longer ago than this, for example 90d', duration)
    .option('--expires-within <time>', 'that expire within this time', duration)
    .option('--unused-for <time>', 'last used longer ago than this', duration)
    .option('--expired', 'those that have expired, instead of those that work');
  listOptions(command, TOKEN_COLUMNS)
    .addHelpText(
      'after',
      `
Examples:
  $ tendril tokens --type personal_access_token ssh_key --older-than 1y
  $ tendril tokens --unused-for 90d --csv > unused.csv
  $ tendril tokens --expires-within 14d`,
    )
    .action((options: Options) => show(context, options));
}

async function show(context: Context, options: Options): Promise<void> {
  const { TokensDocument } = await import('../../../documents/generated/graphql.js');
  const { showList } = await import('../../list/list.js');
  await showList(context, options, {
    document: TokensDocument,
    variables: { filter: filterOf(context, options), orderBy: orderOf(options) },
    columns: TOKEN_COLUMNS,
    rows: ({ tokens }) => tokens,
    noun: ['token', 'tokens'],
    none: 'There are no such tokens, as far as the sources look.',
    notes: tokenNotes,
  });
}

function filterOf(context: Context, options: Options): EntityFilter {
  const { type, source, olderThan, expiresWithin, unusedFor, expired } = options;
  return {
    kinds: ['TOKEN'],
    ...(expired ? { statuses: ['EXPIRED'] } : { live: true }),
    ...(type && { tokenTypes: [...type] }),
    ...(source && { sources: [...source] }),
    createdBefore: before(context, olderThan) ?? null,
    expiresBefore: within(context, expiresWithin) ?? null,
    lastUsedBefore: before(context, unusedFor) ?? null,
  };
}

/** What was asked about comes first: the oldest, the longest unused, or what expires next. */
function orderOf({ olderThan, expiresWithin, unusedFor, expired }: Options): EntityOrder | null {
  if (expiresWithin !== undefined || expired) return { field: 'EXPIRES_AT', direction: 'ASC' };
  if (unusedFor !== undefined) return { field: 'LAST_USED_AT', direction: 'ASC' };
  return olderThan === undefined ? null : { field: 'CREATED_AT', direction: 'ASC' };
}
