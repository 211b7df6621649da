import type { Command } from 'commander';
import type { Context } from '../context.js';
import type { ConvertOptions } from '../converting.js';
import { snapshotOptions } from './options.js';

interface Options extends ConvertOptions {
  readonly source: string;
  readonly users?: string;
  readonly tokens?: string;
}

export function addGam(convert: Command, context: Context): void {
  const users = convert
    .command('gam-users')
    .summary('users of Google Workspace, as `gam print users` lists them (CSV)')
    .description(
      'Turns the list of users that GAM writes into accounts of Google Workspace. With --tokens also what apps they let ' +
        'act for them: one snapshot of one source.',
    )
    .argument('<file>', 'the list of users; - reads standard input')
    .option('--tokens <file>', 'the list that `gam all users print tokens` writes');
  finish(
    users,
    'gam redirect csv users.csv print users allfields',
    'gam-users users.csv --tokens tokens.csv',
  ).action((file: string, options: Options) => run(context, { ...options, users: file }));
  const tokens = convert
    .command('gam-tokens')
    .summary('consents in Google Workspace, as `gam all users print tokens` lists them (CSV)')
    .description(
      'Turns the list of tokens that GAM writes into the apps that users let act for them, with scopes. With --users it ' +
        'is known who is suspended, too.',
    )
    .argument('<file>', 'the list of tokens; - reads standard input')
    .option('--users <file>', 'the list that `gam print users` writes');
  finish(
    tokens,
    'gam redirect csv tokens.csv all users print tokens',
    'gam-tokens tokens.csv --users users.csv',
  ).action((file: string, options: Options) => run(context, { ...options, tokens: file }));
}

function finish(command: Command, made: string, words: string): Command {
  return snapshotOptions(
    command.option('--source <id>', 'id of the source in the graph', 'google'),
  ).addHelpText(
    'after',
    `
Examples:
  $ ${made}
  $ tendril convert ${words} --source google:acme --out google.ndjson`,
  );
}

async function run(context: Context, options: Options): Promise<void> {
  const { convertGam } = await import('../../client/local/convert.js');
  const { handOver, syncedAtOf, textOf } = await import('../converting.js');
  const { users, tokens, source } = options;
  const files = [users, tokens].filter((file) => file !== undefined);
  const syncedAt = await syncedAtOf(context, files, options);
  const list = async (file: string | undefined) => file && { file, text: await textOf(file) };
  const [userList, tokenList] = [await list(users), await list(tokens)];
  const lists = { ...(userList && { users: userList }), ...(tokenList && { tokens: tokenList }) };
  await handOver(context, await convertGam(lists, { source, syncedAt }), options);
}
