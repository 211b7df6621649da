import type { Command } from 'commander';
import type { Context } from '../../context.js';

const CASE = 'id of a case or the beginning of it, or id or email of who leaves';

export function addExecute(offboard: Command, context: Context): void {
  offboard
    .command('execute')
    .summary('carry an approved plan out, until it has ended or waits')
    .description(
      'Carries an approved plan out, until it has ended or waits: in this process, or by the service at TENDRIL_URL. ' +
        'Ctrl-C stops, or only stops looking where a service does it; nothing is lost, and it says how to go on. Exits ' +
        'with 1 where the case is INCOMPLETE in the end.',
    )
    .argument('<case>', CASE)
    .option('--plan-hash <hash>', 'of the plan that is meant; left out: the one that was approved')
    .action(async (words: string, { planHash }: { readonly planHash?: string }) => {
      const { ExecuteOffboardingDocument } = await import('../../../documents/generated/graphql.js');
      const { connect } = await import('../../connect.js');
      const { findCase } = await import('../../offboard/find-case.js');
      const { seeThrough } = await import('../../offboard/see-through.js');
      await connect(context, async (client) => {
        const { id, planHash: seen } = await findCase(client, words);
        const input = { offboarding: id, planHash: planHash ?? seen };
        await client.execute(ExecuteOffboardingDocument, { input });
        await seeThrough(context, client, id);
      });
    });
}

export function addResume(offboard: Command, context: Context): void {
  offboard
    .command('resume')
    .summary('go on with a case that was stopped, waits or is incomplete')
    .argument('<case>', CASE)
    .action(async (words: string) => {
      const { ResumeOffboardingDocument } = await import('../../../documents/generated/graphql.js');
      const { connect } = await import('../../connect.js');
      const { findCase } = await import('../../offboard/find-case.js');
      const { seeThrough } = await import('../../offboard/see-through.js');
      await connect(context, async (client) => {
        const { id } = await findCase(client, words);
        await client.execute(ResumeOffboardingDocument, { input: { offboarding: id } });
        await seeThrough(context, client, id);
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
      const { CancelOffboardingDocument } = await import('../../../documents/generated/graphql.js');
      const { connect } = await import('../../connect.js');
      const { showEnding } = await import('../../offboard/ending.js');
      const { findCase } = await import('../../offboard/find-case.js');
      const { seeThrough } = await import('../../offboard/see-through.js');
      await connect(context, async (client) => {
        const { id } = await findCase(client, words);
        const input = { offboarding: id, reason };
        const { cancelOffboarding } = await client.execute(CancelOffboardingDocument, { input });
        if (cancelOffboarding.offboarding.state === 'CANCELLED') await showEnding(context, client, id);
        else await seeThrough(context, client, id);
      });
    });
}
