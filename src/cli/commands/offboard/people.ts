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
      const { AttestActionsDocument } = await import('../../../documents/generated/graphql.js');
      const { connect } = await import('../../connect.js');
      const { findCase } = await import('../../offboard/find-case.js');
      const { seeThrough } = await import('../../offboard/see-through.js');
      await connect(context, async (client) => {
        const { id } = await findCase(client, words);
        await client.execute(AttestActionsDocument, { input: { offboarding: id, actions, ...said } });
        await seeThrough(context, client, id);
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
      const { WaiveDocument } = await import('../../../documents/generated/graphql.js');
      const { connect } = await import('../../connect.js');
      const { showEnding } = await import('../../offboard/ending.js');
      const { findCase } = await import('../../offboard/find-case.js');
      await connect(context, async (client) => {
        const { id } = await findCase(client, words);
        await client.execute(WaiveDocument, { input: { offboarding: id, action, ...said } });
        await showEnding(context, client, id);
        context.exitCode = 0;
      });
    });
}
