import type { Command } from 'commander';
import { EXIT } from '../../client/local/exit.js';
import { type Context, printJson, printLines } from '../context.js';
import { failureOf } from '../failure.js';

export function addDoctor(program: Command, context: Context): void {
  program
    .command('doctor')
    .summary('what is wrong here, and what to do')
    .description(
      'Looks at the configuration, the store, the index and the sources of this machine, whatever TENDRIL_URL says, and ' +
        'says what is wrong and what to do. ' +
        'Exits with 1 if something is wrong, with 3 if the store cannot be reached or read.',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ tendril doctor
  $ tendril doctor --json | jq .problems`,
    )
    .action(async () => {
      const { examine } = await import('../../client/local/doctor.js');
      const { findingsReport } = await import('../doctor/report.js');
      const { findings, failure } = await examine(context.environment, (error) => failureOf(error).message);
      if (failure !== undefined) context.exitCode = failureOf(failure).exitCode;
      else context.exitCode = findings.problems.length === 0 ? EXIT.done : EXIT.refused;
      if (context.json) printJson(context, findings);
      else printLines(context, findingsReport(findings, context.terminal));
    });
}
