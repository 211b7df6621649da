import { type Command, Option } from 'commander';
import { ATTENTION_KINDS, type AttentionKind } from '../../offboarding/post-case/attention.js';
import { type Context, printJson, printLines } from '../context.js';

export function addAttention(program: Command, context: Context): void {
  program
    .command('attention')
    .summary('what somebody has to look at: what came back, expired waivers, cases that are stuck')
    .addOption(new Option('--kinds <kinds...>', 'only these').choices(ATTENTION_KINDS))
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
  const { withSession } = await import('../session.js');
  const { MAY } = await import('../offboard/desk.js');
  const { attentionList } = await import('../../offboarding/post-case/attention-list.js');
  const { attentionReport } = await import('../offboard/attention-report.js');
  const { namesOf } = await import('../offboard/case-view.js');
  await withSession(context, { as: MAY.read }, async (session) => {
    if (context.json) {
      const { ask } = await import('../json/ask.js');
      const { ATTENTION } = await import('../json/documents.js');
      return printJson(context, await ask(session.operation, ATTENTION, { kinds: kinds ?? null }));
    }
    const query = { limit: Number.MAX_SAFE_INTEGER, ...(kinds === undefined ? {} : { kinds }) };
    const page = await attentionList(session.caseContext, query);
    const entries = page.entries.map(({ entry }) => entry);
    const named = await namesOf(
      session,
      entries.map(({ entity }) => entity),
    );
    printLines(context, attentionReport(entries, named, context.terminal));
  });
}
