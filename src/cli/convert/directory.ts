import type { Command } from 'commander';
import type { Context } from '../context.js';
import type { ConvertOptions } from '../converting.js';
import { snapshotOptions } from './options.js';

interface Options extends ConvertOptions {
  readonly source: string;
}

/** A directory whose list of users can be converted. */
interface Directory {
  readonly vendor: 'okta' | 'entra';
  readonly name: string;
  readonly given: string;
  readonly example: string;
}

const DIRECTORIES: readonly Directory[] = [
  {
    vendor: 'okta',
    name: 'Okta',
    given: 'the answer of /api/v1/users, all pages, or an export (CSV)',
    example: `curl -H "Authorization: SSWS …" 'https://acme.okta.com/api/v1/users?limit=200' > users.json`,
  },
  {
    vendor: 'entra',
    name: 'Microsoft Entra',
    given: 'the answer of Microsoft Graph to /users, all pages, or the export of the admin centre (CSV)',
    example: `az rest --url 'https://graph.microsoft.com/v1.0/users?$top=999&$select=id,userPrincipalName,displayName,mail,accountEnabled,userType,createdDateTime' > users.json`,
  },
];

export function addDirectories(convert: Command, context: Context): void {
  for (const { vendor, name, given, example } of DIRECTORIES) {
    const command = convert
      .command(`${vendor}-users`)
      .summary(`accounts of ${name}`)
      .description(
        `Turns a list of users of ${name} into accounts, and says by address whose they are. It takes ${given}.`,
      )
      .argument('<file>', 'the file (JSON or CSV); - reads standard input')
      .option('--source <id>', 'id of the source in the graph', vendor);
    snapshotOptions(command)
      .addHelpText(
        'after',
        `
Examples:
  $ ${example}
  $ tendril convert ${vendor}-users users.json --source ${vendor}:acme --out ${vendor}.ndjson`,
      )
      .action((file: string, options: Options) => run(context, vendor, file, options));
  }
}

async function run(
  context: Context,
  vendor: Directory['vendor'],
  file: string,
  options: Options,
): Promise<void> {
  const { convertEntraUsers, convertOktaUsers } = await import('../../client/local/convert.js');
  const { handOver, syncedAtOf, textOf } = await import('../converting.js');
  const how = { source: options.source, syncedAt: await syncedAtOf(context, [file], options) };
  const convert = vendor === 'okta' ? convertOktaUsers : convertEntraUsers;
  await handOver(context, await convert(file, await textOf(file), how), options);
}
