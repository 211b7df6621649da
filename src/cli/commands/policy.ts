import type { Command } from 'commander';
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
      const { checkPolicy } = await import('../../client/local/check-policy.js');
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
      const { PolicyExplanationDocument, ShownPolicyExplanationDocument } = await import(
        '../../documents/generated/graphql.js'
      );
      const { connect } = await import('../connect.js');
      const { explanationReport } = await import('../policy/explanation-report.js');
      const asked = { entity, human };
      await connect(context, async (client) => {
        if (context.json) {
          const { policyExplanation } = await client.execute(PolicyExplanationDocument, asked);
          return printJson(context, policyExplanation);
        }
        const { policyExplanation } = await client.execute(ShownPolicyExplanationDocument, asked);
        printLines(context, explanationReport(policyExplanation));
      });
    });
}
