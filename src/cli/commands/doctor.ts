import type { Command } from 'commander';
import { type Context, printJson, printLines } from '../context.js';

export function addDoctor(program: Command, context: Context): void {
  program
    .command('doctor')
    .summary('what is wrong here, and what to do')
    .description(
      'Looks at the configuration, the store, the index and the sources, and says what is wrong and what to do. ' +
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
      const { examine } = await import('../doctor/examine.js');
      const { findingsReport } = await import('../doctor/report.js');
      const { findings, exitCode } = await examine(context);
      context.exitCode = exitCode;
      if (context.json) printJson(context, findings);
      else printLines(context, findingsReport(findings, context.terminal));
    });
}
