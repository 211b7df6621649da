import type { Command } from 'commander';
import type { Millis } from '../../model/time.js';
import { asOfOption } from '../arguments.js';
import { type Context, printJson, printLines } from '../context.js';

interface Options {
  readonly asOf?: Millis;
  readonly all?: true;
}

/** How many members of a set are shown when nobody asks for all. */
const SHOWN = 30;

/** Of members that lie side by side and are alike, how many are shown. */
const ALIKE = 4;

const ALL = Number.POSITIVE_INFINITY;

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
  const { withSession } = await import('../session.js');
  await withSession(context, { as: 'Query.blastRadius' }, async (session) => {
    if (context.json) {
      const { ask, variablesOf } = await import('../json/ask.js');
      const { BLAST_RADIUS } = await import('../json/documents.js');
      return printJson(context, await ask(session.operation, BLAST_RADIUS, variablesOf({ human }, asOf)));
    }
    const { collect } = await import('../radii/collect.js');
    const { radiusReport, LEGEND } = await import('../radii/report.js');
    const moment = await session.operation.moment(asOf === undefined ? null : new Date(asOf));
    const collected = await collect(moment, human, {
      limit: all ? ALL : SHOWN,
      alike: all ? ALL : ALIKE,
    });
    printLines(context, [...radiusReport(collected, context.terminal), '', LEGEND]);
  });
}
