import { Argument, type Command } from 'commander';
import type { DecisionAction } from '../../../documents/generated/graphql.js';
import { oneOf } from '../../choices.js';
import type { Context } from '../../context.js';

/** What can become of a thing, as the argument offers it. */
const ACTIONS: Readonly<Record<DecisionAction, true>> = {
  REHOME: true,
  RETIRE: true,
  TRANSFER: true,
  REVIEW: true,
};

const CASE = 'id of a case or the beginning of it, or id or email of who leaves';
const REASON = ['--reason <text>', 'why, for the audit log'] as const;

interface Decided {
  readonly successor?: string;
  readonly managedIdentity?: string;
  readonly reason: string;
}

export function addDecide(offboard: Command, context: Context): void {
  offboard
    .command('decide')
    .summary('say what becomes of one thing, instead of the policy')
    .argument('<case>', CASE)
    .argument('<entity>', 'id of something that the plan decides about')
    .addArgument(
      new Argument('<action>', 'what becomes of it').argParser(
        oneOf(Object.keys(ACTIONS) as DecisionAction[]),
      ),
    )
    .option('--successor <human>', 'id or email of who takes it over')
    .option('--managed-identity <id>', 'the identity to re-home to; left out: one is made')
    .requiredOption(...REASON)
    .action(async (words: string, entity: string, action: DecisionAction, options: Decided) => {
      const { DecideDocument } = await import('../../../documents/generated/graphql.js');
      const { connect } = await import('../../connect.js');
      const { findCase } = await import('../../offboard/find-case.js');
      const { showChanged } = await import('../../offboard/show.js');
      await connect(context, async (client) => {
        const { id } = await findCase(client, words);
        const input = { offboarding: id, entity, action, ...options };
        await showChanged(context, client, (await client.execute(DecideDocument, { input })).decide);
      });
    });
}

interface Approved {
  readonly planHash?: string;
  readonly reason: string;
  readonly yes?: true;
}

export function addApprove(offboard: Command, context: Context): void {
  offboard
    .command('approve')
    .summary('approve a plan that somebody else made')
    .description(
      'Approves a plan, and with it what it ends, what it breaks and what it leaves. Asks first on a terminal. Never a ' +
        'plan that the same person made or decided in: set TENDRIL_TOKEN to the token of somebody else.',
    )
    .argument('<case>', CASE)
    .option('--plan-hash <hash>', 'of the plan that was looked at: only that one is approved, without asking')
    .option('--yes', 'approve the plan as it stands, without asking')
    .requiredOption(...REASON)
    .action(async (words: string, options: Approved) => {
      const { connect } = await import('../../connect.js');
      const { approve } = await import('../../offboard/approve.js');
      await connect(context, (client) => approve(context, client, words, options));
    });
}

interface Replanned {
  readonly successor?: string;
  readonly reason: string;
}

export function addReplan(offboard: Command, context: Context): void {
  offboard
    .command('replan')
    .summary('plan again, on the graph as it is now')
    .argument('<case>', CASE)
    .option('--successor <human>', 'id or email of who takes over; left out: as before')
    .requiredOption(...REASON)
    .action(async (words: string, options: Replanned) => {
      const { ReplanDocument } = await import('../../../documents/generated/graphql.js');
      const { connect } = await import('../../connect.js');
      const { findCase } = await import('../../offboard/find-case.js');
      const { showChanged } = await import('../../offboard/show.js');
      await connect(context, async (client) => {
        const { id } = await findCase(client, words);
        const input = { offboarding: id, ...options };
        await showChanged(context, client, (await client.execute(ReplanDocument, { input })).replan);
      });
    });
}
