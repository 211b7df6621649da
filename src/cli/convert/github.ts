import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Command } from 'commander';
import type { AnswerFile } from '../../client/local/convert.js';
import type { Context } from '../context.js';
import type { ConvertOptions } from '../converting.js';
import { UsageError } from '../usage-error.js';
import { snapshotOptions } from './options.js';

interface Options extends ConvertOptions {
  readonly source?: string;
  readonly people?: string;
  readonly managed?: true;
}

export function addGithub(convert: Command, context: Context): void {
  const command = convert
    .command('github')
    .summary('an organisation of GitHub, as `gh api --paginate` prints its lists')
    .description(
      'Turns what `gh api --paginate` prints into a snapshot of one organisation: members, owners, teams, repositories, ' +
        'collaborators, deploy keys, secrets, authorised credentials, fine-grained tokens and installed apps. Each file ' +
        'is named by the address of its list (orgs/acme/members.json); what GitHub refused is unknown, not empty.',
    )
    .argument('<file...>', 'a folder with the files, or the files')
    .option('--source <id>', 'id of the source in the graph; else github: and the organisation')
    .option('--people <file>', 'whose login is whose: CSV with the columns login and email')
    .option('--managed', 'the company manages the accounts (Enterprise Managed Users)');
  snapshotOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ for list in members 'members?role=admin' teams repos actions/secrets; do
      mkdir -p "github/orgs/acme/$(dirname "$list")"
      gh api --paginate "orgs/acme/$list" > "github/orgs/acme/$list.json"
    done
  $ tendril convert github github --people logins.csv --out github.ndjson`,
    )
    .action((files: string[], options: Options) => run(context, files, options));
}

async function run(context: Context, given: readonly string[], options: Options): Promise<void> {
  const { convertGithub } = await import('../../client/local/convert.js');
  const { handOver, syncedAtOf, textOf } = await import('../converting.js');
  const paths = (await Promise.all(given.map(filesOf))).flat();
  if (paths.length === 0) throw new UsageError(`There is no .json file in ${given.join(', ')}.`);
  const files: AnswerFile[] = [];
  for (const { path, file } of paths) files.push({ path, text: await textOf(file) });
  const people = await peopleOf(options.people);
  const syncedAt = await syncedAtOf(
    context,
    paths.map(({ file }) => file),
    options,
  );
  const { source, managed = false } = options;
  await handOver(context, convertGithub(files, { source, syncedAt, people, managed }), options);
}

/** The files of a folder, in order, with their paths in it; or the file itself. */
async function filesOf(given: string): Promise<{ readonly path: string; readonly file: string }[]> {
  if (!(await stat(given)).isDirectory()) return [{ path: given, file: given }];
  const entries = await readdir(given, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({ path: relative(given, file), file }));
}

/** Addresses by login, from a list of people. */
async function peopleOf(file: string | undefined): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  if (file === undefined) return found;
  const { readTable, RowProblems } = await import('../../client/local/convert.js');
  const { piecesOf } = await import('../converting.js');
  const problems = new RowProblems();
  const table = await readTable(file, piecesOf(file), problems);
  for (const column of ['login', 'email']) {
    if (!table.has(column)) problems.add(`${file}:1`, column, 'NO_COLUMN', `has no column ${column}.`);
  }
  problems.refuseIfAny();
  for await (const row of table.rows) {
    const [login, email] = [row.get('login')?.toLowerCase(), row.get('email')];
    if (login === undefined || email === undefined) continue;
    // Two people for one login are none: nobody knows which is right.
    if (found.has(login)) problems.add(row.row, 'login', 'TWICE', `has ${login} again.`);
    found.set(login, email);
  }
  problems.refuseIfAny();
  return found;
}
