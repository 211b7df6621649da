import type { Command } from 'commander';
import { AccessPathsDocument } from '../../documents/generated/graphql.js';
import type { Millis } from '../../model/time.js';
import { asOfOption, asOfVariable, wholeNumber } from '../arguments.js';
import { connect } from '../connect.js';
import { type Context, printJson, printLines } from '../context.js';

interface Options {
  readonly limit: number;
  readonly asOf?: Millis;
}

/** The API's own limit: `pathsPerCall`. */
const MOST = 50;

export function addPaths(program: Command, context: Context): void {
  program
    .command('paths')
    .summary('the shortest ways from one entity to another')
    .description('Says by which ways one entity reaches another, the shortest first.')
    .argument('<from>', 'id of the entity the walk starts from, or email of a human')
    .argument('<to>', 'id of the entity it should reach')
    .option('--limit <count>', 'how many ways at most', wholeNumber(1, MOST), 3)
    .addOption(asOfOption())
    .addHelpText(
      'after',
      `
Examples:
  $ tendril paths ada@acme.example aws:123456789012/role/deploy
  $ tendril paths github:acme/user/ada github:acme/repo/web --limit 10 --json`,
    )
    .action((from: string, to: string, options: Options) => show(context, from, to, options));
}

async function show(context: Context, from: string, to: string, { limit, asOf }: Options): Promise<void> {
  const asked = { from, to, limit, ...asOfVariable(asOf) };
  const { pathsReport } = await import('../radii/paths.js');
  await connect(context, async (client) => {
    if (!context.json) return printLines(context, await pathsReport(client, asked, context.terminal));
    const { accessPaths } = await client.execute(AccessPathsDocument, asked);
    printJson(context, accessPaths);
  });
}
