import { type Command, Option } from 'commander';
import { timeAsGiven } from '../../arguments.js';
import { oneOf } from '../../choices.js';
import type { Context } from '../../context.js';

interface Options {
  readonly mode?: 'CONTINUITY_FIRST' | 'SECURITY_FIRST';
  readonly lastWorkingDay?: string;
  readonly successor?: string;
  readonly reason: string;
}

export function addPlan(offboard: Command, context: Context): void {
  offboard
    .command('plan')
    .summary('plan that somebody leaves: nothing is done yet')
    .description(
      'Plans that somebody leaves, on the graph as it is, and shows the plan. Nothing is done yet.',
    )
    .argument('<human>', 'id or email of a human')
    .addOption(
      new Option('--mode <mode>', 'the order of phases; left out: by the last working day').argParser(
        oneOf(['CONTINUITY_FIRST', 'SECURITY_FIRST']),
      ),
    )
    .option(
      '--last-working-day <time>',
      'a day or a moment (ISO 8601); left out: what the source says',
      timeAsGiven,
    )
    .option('--successor <human>', 'id or email of who takes over; left out: the nearest manager who can')
    .requiredOption('--reason <text>', 'why, for the audit log')
    .addHelpText(
      'after',
      `
Examples:
  $ tendril offboard plan ada@acme.example --reason "leaves on Friday"`,
    )
    .action((human: string, options: Options) => plan(context, human, options));
}

async function plan(context: Context, human: string, options: Options): Promise<void> {
  const { PlanOffboardingDocument } = await import('../../../documents/generated/graphql.js');
  const { connect } = await import('../../connect.js');
  const { showChanged } = await import('../../offboard/show.js');
  await connect(context, async (client) => {
    const { planOffboarding } = await client.execute(PlanOffboardingDocument, {
      input: { human, ...options },
    });
    await showChanged(context, client, planOffboarding);
  });
}
