import { type Command, Option } from 'commander';
import { CASE_STATES, type CaseState } from '../../../offboarding/case/case.js';
import { type Context, printJson, printLines } from '../../context.js';

export function addShow(offboard: Command, context: Context): void {
  offboard
    .command('show')
    .summary('a case: its plan, and how far it is')
    .description(
      'Shows a case: its decisions, all actions with their reason and how far they are, and what comes next.',
    )
    .argument('<case>', 'id of a case or the beginning of it, or id or email of who leaves')
    .action(async (words: string) => {
      const { withSession } = await import('../../session.js');
      const { findCase, MAY } = await import('../../offboard/desk.js');
      const { showCase } = await import('../../offboard/show.js');
      await withSession(context, { as: MAY.read }, async (session) =>
        showCase(context, session, await findCase(session, words)),
      );
    });
}

export function addList(offboard: Command, context: Context): void {
  offboard
    .command('list')
    .summary('the cases there are')
    .addOption(new Option('--states <states...>', 'only cases in these states').choices(CASE_STATES))
    .action(async ({ states }: { readonly states?: readonly CaseState[] }) => {
      const { withSession } = await import('../../session.js');
      const { MAY } = await import('../../offboard/desk.js');
      const { casesReport, casesOf } = await import('../../offboard/cases.js');
      const { casesJson } = await import('../../json/case.js');
      await withSession(context, { as: MAY.read }, async (session) => {
        if (context.json) return printJson(context, await casesJson(session, states));
        const found = await casesOf(session, states);
        printLines(context, casesReport(found, context.terminal));
      });
    });
}

export function addVerify(offboard: Command, context: Context): void {
  offboard
    .command('verify')
    .summary('recompute from the store whether a case did what it was to do')
    .description(
      'Recomputes from the store whether a case did what it was to do, and says each invariant with its evidence ' +
        'and all that is left. Writes nothing; exits with 1 where the case is not verified.',
    )
    .argument('<case>', 'id of a case or the beginning of it, or id or email of who leaves')
    .action(async (words: string) => {
      const { withSession } = await import('../../session.js');
      const { findCase, MAY } = await import('../../offboard/desk.js');
      const { verify } = await import('../../offboard/verify.js');
      await withSession(context, { as: MAY.read }, async (session) =>
        verify(context, session, await findCase(session, words)),
      );
    });
}
