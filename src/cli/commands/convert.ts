import type { Command } from 'commander';
import type { Context } from '../context.js';
import { addAwsIam } from '../convert/aws-iam.js';
import { addDirectories } from '../convert/directory.js';
import { addGam } from '../convert/gam.js';
import { addGithub } from '../convert/github.js';
import { addHrCsv } from '../convert/hr-csv.js';

export function addConvert(program: Command, context: Context): void {
  const convert = program
    .command('convert')
    .summary('turn what another tool wrote into a snapshot')
    .description(
      'Turns what another tool wrote into a snapshot to import. It needs no store and no service. What it could not ' +
        'know is in the snapshot (`couldNotRead`): a blind spot of the accounts concerned, and not an absence.',
    );
  addHrCsv(convert, context);
  addGam(convert, context);
  addGithub(convert, context);
  addDirectories(convert, context);
  addAwsIam(convert, context);
}
