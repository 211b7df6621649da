import type { Command } from 'commander';
import { time } from '../arguments.js';

/** The options that every format has. */
export function snapshotOptions(command: Command): Command {
  return command
    .option('--out <file>', 'write the snapshot there instead of to standard output')
    .option(
      '--synced-at <time>',
      'when the source was read (ISO 8601); else when the newest file was last changed',
      time,
    );
}
