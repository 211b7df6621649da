import type { Command } from 'commander';
import type { Context } from '../context.js';
import type { ConvertOptions } from '../converting.js';
import { snapshotOptions } from './options.js';

interface Options extends ConvertOptions {
  readonly credentialReport?: string;
}

export function addAwsIam(convert: Command, context: Context): void {
  const command = convert
    .command('aws-iam')
    .summary('what `aws iam get-account-authorization-details` prints')
    .description(
      'Turns what `aws iam get-account-authorization-details` prints into a snapshot of the account: users, groups, ' +
        'roles and what they may do; with the credential report also access keys, MFA and last use. What the files ' +
        'cannot say is in the snapshot, and told on stderr.',
    )
    .argument('<file>', 'the file; - reads standard input')
    .option('--credential-report <file>', 'the credential report of the same account (CSV)');
  snapshotOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  $ aws iam get-account-authorization-details > details.json
  $ aws iam generate-credential-report
  $ aws iam get-credential-report --query Content --output text | base64 -d > report.csv
  $ tendril convert aws-iam details.json --credential-report report.csv --out aws.ndjson
  $ tendril import aws.ndjson`,
    )
    .action((file: string, options: Options) => run(context, file, options));
}

async function run(context: Context, file: string, options: Options): Promise<void> {
  const { convertAwsIam } = await import('../../client/local/convert.js');
  const { handOver, parseJson, syncedAtOf, textOf } = await import('../converting.js');
  const { credentialReport: report } = options;
  const syncedAt = await syncedAtOf(context, [file], options);
  const input = parseJson(
    file,
    await textOf(file),
    'what `aws iam get-account-authorization-details` printed, whole',
  );
  const beside =
    report === undefined ? {} : { credentialReport: { file: report, text: await textOf(report) } };
  await handOver(context, await convertAwsIam(input, { syncedAt, ...beside }), options);
}
