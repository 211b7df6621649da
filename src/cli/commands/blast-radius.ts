import type { Command } from 'commander';
import { executeAll } from '../../client/execute-all.js';
import { withoutPages } from '../../client/plain.js';
import { BlastRadiusDocument } from '../../documents/generated/graphql.js';
import type { Millis } from '../../model/time.js';
import { asOfOption, asOfVariable } from '../arguments.js';
import { connect } from '../connect.js';
import { type Context, printJson, printLines } from '../context.js';

interface Options {
  readonly asOf?: Millis;
  readonly all?: true;
}

/** How many members of a set are shown without `--all`. */
export const SHOWN = 30;

/** Of members that lie side by side and are alike, how many are shown. */
const ALIKE = 4;

const ALL = Number.POSITIVE_INFINITY;

/** How much of each set is shown: with `--all`, and without. */
export const HOW_MUCH = {
  all: { limit: ALL, alike: ALL },
  first: { limit: SHOWN, alike: ALIKE },
} as const;

export function addBlastRadius(program: Command, context: Context): void {
  program
    .command('blast-radius')
    .summary('what somebody, or whoever holds what they held, can still use, and what stands on them')
    .description(
      'Says what somebody, or whoever holds what they held, can still use; what would stop working and what nobody ' +
        'would answer for without them; and what has to end. Each with the path that explains it.',
    )
    .argument('<human>', 'id or email of a human, or id of an account')
    .addOption(asOfOption())
    .option('--all', `show all of every set, not only the first ${SHOWN}`)
    .addHelpText(
      'after',
      `
Examples:
  $ tendril blast-radius ada@acme.example
  $ tendril blast-radius ada@acme.example --as-of 2026-10-01
  $ tendril blast-radius github:acme/user/ada --json | jq '.exposure[].entity.id'`,
    )
    .action((human: string, options: Options) => show(context, human, options));
}

async function show(context: Context, human: string, { asOf, all }: Options): Promise<void> {
  const asked = { human, ...asOfVariable(asOf) };
  await connect(context, async (client) => {
    if (context.json) {
      const { blastRadius } = await executeAll(client, BlastRadiusDocument, asked);
      return printJson(context, withoutPages(blastRadius));
    }
    const { collect } = await import('../radii/collect.js');
    const { radiusReport, LEGEND } = await import('../radii/report.js');
    const collected = await collect(client, asked, all ? HOW_MUCH.all : HOW_MUCH.first);
    printLines(context, [...radiusReport(collected, context.terminal), '', LEGEND]);
  });
}
