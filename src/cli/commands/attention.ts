import { type Command, Option } from 'commander';
import type { AttentionKind } from '../../documents/generated/graphql.js';
import { someOf } from '../choices.js';
import { type Context, printJson, printLines } from '../context.js';

/** Every reason to look, as the option offers them. */
const KINDS: Readonly<Record<AttentionKind, true>> = {
  RESURRECTED: true,
  EXPIRED_WAIVER: true,
  LATE_FINDING: true,
  REHIRE: true,
  CASE_STUCK: true,
  WORKLOAD_STOPS: true,
};

export function addAttention(program: Command, context: Context): void {
  program
    .command('attention')
    .summary('what somebody has to look at: what came back, expired waivers, cases that are stuck')
    .addOption(
      new Option('--kinds <kinds...>', 'only these').argParser(someOf(Object.keys(KINDS) as AttentionKind[])),
    )
    .addHelpText(
      'after',
      `
Examples:
  $ tendril attention
  $ tendril attention --kinds RESURRECTED CASE_STUCK --json`,
    )
    .action(({ kinds }: { readonly kinds?: readonly AttentionKind[] }) => show(context, kinds));
}

async function show(context: Context, kinds: readonly AttentionKind[] | undefined): Promise<void> {
  const { AttentionDocument, ShownAttentionDocument } = await import('../../documents/generated/graphql.js');
  const { executeAll } = await import('../../client/execute-all.js');
  const { nodesOf, withoutPages } = await import('../../client/plain.js');
  const { connect } = await import('../connect.js');
  const { attentionReport } = await import('../offboard/attention-report.js');
  const asked = { kinds: kinds ?? null };
  await connect(context, async (client) => {
    if (context.json) {
      const { attention } = await executeAll(client, AttentionDocument, asked);
      return printJson(context, withoutPages(attention));
    }
    const { attention } = await executeAll(client, ShownAttentionDocument, asked);
    printLines(context, attentionReport(nodesOf(attention), context.terminal));
  });
}
