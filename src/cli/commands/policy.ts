import type { Command } from 'commander';
import { READERS } from '../../api/access/access.js';
import { type Context, printJson, printLines } from '../context.js';

export function addPolicy(program: Command, context: Context): void {
  const policy = program
    .command('policy')
    .summary('check a policy, or ask why it decides as it does')
    .addHelpText(
      'after',
      `
Examples:
  $ tendril policy check policy.json
  $ tendril policy explain github:acme/workflow/nightly --human ada@acme.example`,
    );
  policy
    .command('check')
    .summary('whether a file is a policy, what is wrong where, and what its rules say')
    .argument('<file>', 'a policy file')
    .action(async (file: string) => {
      const { checkPolicy } = await import('../policy/check.js');
      const { policyReport } = await import('../policy/report.js');
      const checked = await checkPolicy(file);
      if (context.json) printJson(context, checked);
      else printLines(context, policyReport(checked));
    });
  policy
    .command('explain')
    .summary('which rule decides about a thing when somebody leaves, and why the earlier ones do not')
    .argument('<entity>', 'id of an app, a job or a service identity')
    .requiredOption('--human <human>', 'id or email of who leaves')
    .action(async (entity: string, { human }: { readonly human: string }) => {
      const { withSession } = await import('../session.js');
      const { explainDecision } = await import('../../offboarding/case/explain-decision.js');
      const { explanationReport } = await import('../policy/report.js');
      await withSession(context, { as: READERS }, async ({ caseContext, operation }) => {
        if (context.json) {
          const { ask } = await import('../json/ask.js');
          const { POLICY_EXPLANATION } = await import('../json/documents.js');
          return printJson(context, await ask(operation, POLICY_EXPLANATION, { entity, human }));
        }
        const graphState = await (await operation.moment()).graphState();
        printLines(
          context,
          explanationReport(await explainDecision(caseContext, graphState, { entity, human })),
        );
      });
    });
}
