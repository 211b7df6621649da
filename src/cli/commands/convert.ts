import type { Command } from 'commander';
import type { Millis } from '../../model/time.js';
import { time } from '../arguments.js';
import type { Context } from '../context.js';

interface Options {
  readonly out?: string;
  readonly syncedAt?: Millis;
}

export function addConvert(program: Command, context: Context): void {
  const convert = program
    .command('convert')
    .summary('turn what another tool wrote into a snapshot')
    .description(
      'Turns what another tool wrote into a snapshot to import. It needs no store and no service.',
    );
  convert
    .command('aws-iam')
    .summary('what `aws iam get-account-authorization-details` prints')
    .description(
      'Turns what `aws iam get-account-authorization-details` prints into a snapshot of the account: users, groups, ' +
        'roles and what they may do. What the file cannot say is told on stderr.',
    )
    .argument('<file>', 'the file; - reads standard input')
    .option('--out <file>', 'write the snapshot there instead of to standard output')
    .option(
      '--synced-at <time>',
      'when the account was read (ISO 8601); else when the file was last changed',
      time,
    )
    .addHelpText(
      'after',
      `
Examples:
  $ aws iam get-account-authorization-details > details.json
  $ tendril convert aws-iam details.json --out aws.json
  $ tendril import aws.json`,
    )
    .action(async (file: string, options: Options) => {
      const { convertFile } = await import('../converting.js');
      await convertFile(context, file, options);
    });
}
