import type { Command } from 'commander';
import { timeAsGiven } from '../../arguments.js';
import type { Context } from '../../context.js';

const CASE = 'id of a case or the beginning of it, or id or email of who leaves';

interface Attested {
  readonly statement: string;
  readonly evidence: string;
}

export function addAttest(offboard: Command, context: Context): void {
  offboard
    .command('attest')
    .summary('say that you did what only a person can do, and where that can be seen; the case goes on then')
    .argument('<case>', CASE)
    .argument('<action...>', 'ids of actions, as `offboard show --json` has them')
    .requiredOption('--statement <text>', 'what you did')
    .requiredOption('--evidence <reference>', 'a ticket, the address of a screenshot, a reference to a log')
    .action(async (words: string, actions: readonly string[], said: Attested) => {
      const { withSession } = await import('../../session.js');
      const { actorOf, findCase, MAY } = await import('../../offboard/desk.js');
      const { carryOut } = await import('../../offboard/carry-out.js');
      const { showEnding } = await import('../../offboard/ending.js');
      const { attestActions } = await import('../../../offboarding/execute/attest.js');
      await withSession(context, { as: MAY.operate }, async (session) => {
        const { id } = await findCase(session, words);
        const asked = { offboarding: id, actions, ...said };
        await attestActions(session.caseContext, actorOf(session), asked);
        await showEnding(context, session, await carryOut(context, session, id));
      });
    });
}

interface Waived {
  readonly owner: string;
  readonly until: string;
  readonly reason: string;
}

export function addWaive(offboard: Command, context: Context): void {
  offboard
    .command('waive')
    .summary('go on without an action, for which somebody answers until a moment')
    .argument('<case>', CASE)
    .argument('<action>', 'id of an action')
    .requiredOption('--owner <human>', 'id or email of who answers for it meanwhile')
    .requiredOption('--until <time>', 'until when (ISO 8601)', timeAsGiven)
    .requiredOption('--reason <text>', 'why, for the audit log')
    .action(async (words: string, action: string, said: Waived) => {
      const { withSession } = await import('../../session.js');
      const { actorOf, findCase, MAY } = await import('../../offboard/desk.js');
      const { showEnding } = await import('../../offboard/ending.js');
      const { waive } = await import('../../../offboarding/execute/waive.js');
      await withSession(context, { as: MAY.approve }, async (session) => {
        const { id } = await findCase(session, words);
        const asked = { offboarding: id, action, ...said };
        await showEnding(context, session, await waive(session.caseContext, actorOf(session), asked));
        context.exitCode = 0;
      });
    });
}
