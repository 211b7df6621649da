import type { Command } from 'commander';
import { executeAll } from '../../client/execute-all.js';
import { withoutPages } from '../../client/plain.js';
import { JointBlastRadiusDocument } from '../../documents/generated/graphql.js';
import type { Millis } from '../../model/time.js';
import { asOfOption, asOfVariable } from '../arguments.js';
import { connect } from '../connect.js';
import { type Context, printJson, printLines } from '../context.js';
import { HOW_MUCH, SHOWN } from './blast-radius.js';

interface Options {
  readonly asOf?: Millis;
  readonly all?: true;
  readonly csv?: true;
}

export function addLeaving(program: Command, context: Context): void {
  program
    .command('leaving')
    .summary('what stops, and what nobody answers for, when several people leave together')
    .description(
      'Says what several people, or whoever holds what they held, can still use, and what would stop or be left without ' +
        'anybody who answers once all of them are gone. What is so only because they leave together is marked.',
    )
    .argument('<people...>', 'ids or emails of the people')
    .addOption(asOfOption())
    .option('--csv', 'as CSV (RFC 4180), all sets in one table')
    .option('--all', `show all of every set, not only the first ${SHOWN}`)
    .addHelpText(
      'after',
      `
Examples:
  $ tendril leaving ada@acme.example bob@acme.example
  $ tendril leaving ada@acme.example bob@acme.example --json | jq '.orphans[] | select(.onlyTogether)'`,
    )
    .action((people: string[], options: Options) => show(context, people, options));
}

async function show(context: Context, humans: string[], { asOf, all, csv }: Options): Promise<void> {
  const asked = { humans, ...asOfVariable(asOf) };
  await connect(context, async (client) => {
    if (context.json || csv) {
      const { jointBlastRadius } = await executeAll(client, JointBlastRadiusDocument, asked);
      if (context.json) return printJson(context, withoutPages(jointBlastRadius));
      const { csvOf } = await import('../list/list.js');
      const { LEAVING_COLUMNS, leavingNotes, leavingRows } = await import('../list/leaving.js');
      for (const note of leavingNotes(jointBlastRadius, context.terminal)) context.note(note);
      return context.print(csvOf(leavingRows(jointBlastRadius), LEAVING_COLUMNS));
    }
    const { collectTogether } = await import('../radii/collect.js');
    const { radiusReport, LEGEND } = await import('../radii/report.js');
    const collected = await collectTogether(client, asked, all ? HOW_MUCH.all : HOW_MUCH.first);
    printLines(context, [...radiusReport(collected, context.terminal), '', LEGEND]);
  });
}
