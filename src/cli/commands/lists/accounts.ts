import { type Command, Option } from 'commander';
import type { EntityStatus } from '../../../documents/generated/graphql.js';
import { STATUSES, statusesOf } from '../../../model/kinds.js';
import { someOf } from '../../choices.js';
import type { Context } from '../../context.js';
import { ACCOUNT_COLUMNS } from '../../list/accounts.js';
import { type ListOptions, listOptions } from '../../list/options.js';
import { UsageError } from '../../usage-error.js';

interface Options extends ListOptions {
  readonly unlinked?: true;
  readonly source?: readonly string[];
  readonly status?: readonly EntityStatus[];
}

const LIVE = STATUSES.Account.live as readonly EntityStatus[];

export function addAccounts(program: Command, context: Context): void {
  const command = program
    .command('accounts')
    .summary('accounts, and who has them; with --unlinked those that no human has')
    .description('Lists the accounts that can be signed in to, with the people who have them.')
    .option('--unlinked', 'only those that no human has, whatever the status of the human')
    .option('--source <ids...>', 'only of these sources')
    .addOption(
      new Option('--status <statuses...>', 'with these statuses; ACTIVE by default').argParser(
        someOf(statusesOf('Account') as EntityStatus[]),
      ),
    );
  listOptions(command, ACCOUNT_COLUMNS)
    .addHelpText(
      'after',
      `
Examples:
  $ tendril accounts --unlinked
  $ tendril accounts --source github:acme --csv > accounts.csv
  $ tendril accounts --status disabled --columns name,person,id`,
    )
    .action((options: Options) => show(context, options));
}

async function show(context: Context, options: Options): Promise<void> {
  const { AccountsDocument, UnlinkedAccountsDocument } = await import(
    '../../../documents/generated/graphql.js'
  );
  const { showList } = await import('../../list/list.js');
  const { unlinked, source, status } = options;
  const told = { columns: ACCOUNT_COLUMNS, noun: ['account', 'accounts'] } as const;
  if (unlinked) {
    if (source || status) throw new UsageError('Give `--unlinked` without `--source` or `--status`.');
    return showList(context, options, {
      ...told,
      document: UnlinkedAccountsDocument,
      variables: {},
      rows: ({ accounts }) => accounts,
      none: 'Every account that can be signed in to belongs to somebody, as far as the sources look.',
    });
  }
  const filter = {
    kinds: ['ACCOUNT' as const],
    statuses: [...(status ?? LIVE)],
    ...(source && { sources: [...source] }),
  };
  return showList(context, options, {
    ...told,
    document: AccountsDocument,
    variables: { filter },
    rows: ({ accounts }) => accounts,
    none: 'There are no such accounts, as far as the sources look.',
  });
}
