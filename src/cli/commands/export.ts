import type { Command } from 'commander';
import type { Millis } from '../../model/time.js';
import { asOfOption } from '../arguments.js';
import type { Context } from '../context.js';

interface Options {
  readonly asOf?: Millis;
  readonly out?: string;
  readonly source?: string;
}

export function addExport(program: Command, context: Context): void {
  program
    .command('export')
    .summary('the graph as full snapshots, as it stands or stood')
    .description(
      'Writes the graph as full snapshots in NDJSON, one file a source, sorted: exported, imported into an empty ' +
        'store and exported again, it is the same bytes. One source alone goes to standard output.',
    )
    .addOption(asOfOption())
    .option(
      '--out <dir>',
      'folder for the files, made if it is not there; - is standard output, for one source',
    )
    .option('--source <id>', 'only this source')
    .addHelpText(
      'after',
      `
Examples:
  $ tendril export --out backup
  $ tendril export --source github:acme --as-of 2026-10-01 > github.ndjson`,
    )
    .action(async (options: Options) => {
      const { exportGraph } = await import('../exporting.js');
      await exportGraph(context, options);
    });
}
