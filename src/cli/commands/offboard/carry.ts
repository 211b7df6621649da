import type { Command } from 'commander';
import type { Context } from '../../context.js';

const CASE = 'id of a case or the beginning of it, or id or email of who leaves';

export function addExecute(offboard: Command, context: Context): void {
  offboard
    .command('execute')
    .summary('carry an approved plan out, here, until it has ended or waits')
    .description(
      'Carries an approved plan out in this process, until it has ended or waits. Ctrl-C stops, loses nothing and ' +
        'says how to go on. Exits with 1 where the case is INCOMPLETE in the end.',
    )
    .argument('<case>', CASE)
    .option('--plan-hash <hash>', 'of the plan that is meant; left out: the one that was approved')
    .action(async (words: string, { planHash }: { readonly planHash?: string }) => {
      const { withSession } = await import('../../session.js');
      const { actorOf, findCase, MAY } = await import('../../offboard/desk.js');
      const { carryOut } = await import('../../offboard/carry-out.js');
      const { showEnding } = await import('../../offboard/ending.js');
      const { executeOffboarding } = await import('../../../offboarding/execute/execute.js');
      await withSession(context, { as: MAY.operate }, async (session) => {
        const seen = await findCase(session, words);
        const asked = { offboarding: seen.id, planHash: planHash ?? seen.planHash };
        await executeOffboarding(session.caseContext, actorOf(session), asked);
        await showEnding(context, session, await carryOut(context, session, seen.id));
      });
    });
}

export function addResume(offboard: Command, context: Context): void {
  offboard
    .command('resume')
    .summary('go on with a case that was stopped, waits or is incomplete')
    .argument('<case>', CASE)
    .action(async (words: string) => {
      const { withSession } = await import('../../session.js');
      const { actorOf, findCase, MAY } = await import('../../offboard/desk.js');
      const { carryOut } = await import('../../offboard/carry-out.js');
      const { showEnding } = await import('../../offboard/ending.js');
      const { resumeOffboarding } = await import('../../../offboarding/execute/resume.js');
      await withSession(context, { as: MAY.operate }, async (session) => {
        const { id } = await findCase(session, words);
        await resumeOffboarding(session.caseContext, actorOf(session), id);
        await showEnding(context, session, await carryOut(context, session, id));
      });
    });
}

export function addCancel(offboard: Command, context: Context): void {
  offboard
    .command('cancel')
    .summary('cancel a case until it takes something away; what it made is retired again')
    .argument('<case>', CASE)
    .requiredOption('--reason <text>', 'why, for the audit log')
    .action(async (words: string, { reason }: { readonly reason: string }) => {
      const { withSession } = await import('../../session.js');
      const { actorOf, findCase, MAY } = await import('../../offboard/desk.js');
      const { carryOut } = await import('../../offboard/carry-out.js');
      const { showEnding } = await import('../../offboard/ending.js');
      const { cancelOffboarding } = await import('../../../offboarding/case/cancel-offboarding.js');
      await withSession(context, { as: MAY.cancel }, async (session) => {
        const { id } = await findCase(session, words);
        const one = await cancelOffboarding(session.caseContext, actorOf(session), {
          offboarding: id,
          reason,
        });
        const ended = one.state === 'CANCELLED' ? one : await carryOut(context, session, id);
        await showEnding(context, session, ended);
      });
    });
}
