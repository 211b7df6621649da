import { type Command, Option } from 'commander';
import type { OffboardingState } from '../../../documents/generated/graphql.js';
import { someOf } from '../../choices.js';
import type { Context } from '../../context.js';

/** Every state of a case, as the option offers them. */
const STATES: Readonly<Record<OffboardingState, true>> = {
  IN_REVIEW: true,
  APPROVED: true,
  EXECUTING: true,
  WAITING: true,
  VERIFIED: true,
  INCOMPLETE: true,
  CANCELLED: true,
};

export function addShow(offboard: Command, context: Context): void {
  offboard
    .command('show')
    .summary('a case: its plan, and how far it is')
    .description(
      'Shows a case: its decisions, all actions with their reason and how far they are, and what comes next.',
    )
    .argument('<case>', 'id of a case or the beginning of it, or id or email of who leaves')
    .action(async (words: string) => {
      const { connect } = await import('../../connect.js');
      const { findCase } = await import('../../offboard/find-case.js');
      const { showCase } = await import('../../offboard/show.js');
      await connect(context, async (client) => showCase(context, client, (await findCase(client, words)).id));
    });
}

export function addList(offboard: Command, context: Context): void {
  offboard
    .command('list')
    .summary('the cases there are')
    .addOption(
      new Option('--states <states...>', 'only cases in these states').argParser(
        someOf(Object.keys(STATES) as OffboardingState[]),
      ),
    )
    .action(async ({ states }: { readonly states?: readonly OffboardingState[] }) => {
      const { connect } = await import('../../connect.js');
      const { listCases } = await import('../../offboard/cases.js');
      await connect(context, (client) => listCases(context, client, states));
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
      const { connect } = await import('../../connect.js');
      const { findCase } = await import('../../offboard/find-case.js');
      const { verify } = await import('../../offboard/verify.js');
      await connect(context, async (client) => verify(context, client, await findCase(client, words)));
    });
}
