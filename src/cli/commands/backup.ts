import type { Command } from 'commander';
import type { Context } from '../context.js';

export function addBackup(program: Command, context: Context): void {
  program
    .command('backup')
    .summary('a copy of the embedded store, whatever goes on meanwhile')
    .argument('<file>', 'a file that is not there yet')
    .description(
      'Copies the embedded store of this machine (TENDRIL_STORE, whatever TENDRIL_URL says), history, cases and audit ' +
        'log with it, as it stands at one commit, while others ' +
        'go on reading and writing it. To restore it, stop what uses the store and put the copy in its place. ' +
        'Neo4j has backups of its own.',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ tendril backup /backups/tendril-2026-11-29.db
  $ TENDRIL_STORE=sqlite:/backups/tendril-2026-11-29.db tendril audit verify`,
    )
    .action(async (file: string) => {
      const { backUp } = await import('../backing-up.js');
      await backUp(context, file);
    });
}
