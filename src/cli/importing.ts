import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ImportOutcome, SnapshotInput } from '../client/client.js';
import { connect } from './connect.js';
import type { Context } from './context.js';
import { interruptible } from './interrupted.js';
import { progressOf } from './progress.js';
import { UsageError } from './usage-error.js';

/** The options of `import`. */
export interface ImportFlags {
  readonly force?: boolean;
  readonly dangling?: 'refuse' | 'skip';
}

const STDIN = '-';

/**
 * Imports files, and standard input where one is called `-`, in one commit. Ctrl-C gives up, and nothing is
 * written then.
 *
 * @throws SNAPSHOT_REFUSED and what else an import throws; Interrupted
 */
export async function importFiles(
  context: Context,
  files: readonly string[],
  { force = false, dangling = 'refuse' }: ImportFlags,
): Promise<ImportOutcome> {
  // What is wrong with a name should not leave an empty store behind.
  const inputs = await inputsOf(files);
  return interruptible('Stopped: nothing was written.', async (signal) => {
    const stop = () => process.stdin.destroy(signal.reason);
    if (files.includes(STDIN)) signal.addEventListener('abort', stop, { once: true });
    const bar = await progressOf(context, 'Importing');
    const patience = patienceOf(context);
    try {
      return await connect(
        context,
        (client) =>
          client.importSnapshots(inputs, {
            force,
            dangling,
            signal,
            onTurn: (turn) => (turn === 'asked' ? patience.begin() : patience.end()),
            onProgress: ({ read, total, items }) =>
              bar.update(read, total, items === undefined ? '' : `${items.toLocaleString('en')} items`),
          }),
        { purpose: 'import' },
      );
    } finally {
      signal.removeEventListener('abort', stop);
      patience.end();
      bar.stop();
    }
  });
}

/** The files as inputs, in order. @throws UsageError */
async function inputsOf(files: readonly string[]): Promise<SnapshotInput[]> {
  const twice = files.find((file, at) => files.indexOf(file) !== at);
  if (twice !== undefined) throw new UsageError(`${twice} is named twice; name each file once.`);
  if (files.includes(STDIN) && process.stdin.isTTY) {
    throw new UsageError(
      '- reads a snapshot from standard input, and that is a terminal; pipe one in, as in `tendril import - < hr.ndjson`.',
    );
  }
  return Promise.all(
    files.map(async (file): Promise<SnapshotInput> => {
      if (file === STDIN) return { name: 'standard input', stream: process.stdin };
      if ((await stat(file)).isDirectory())
        throw new UsageError(`${file} is a folder; name the files in it.`);
      return { name: basename(file), path: file };
    }),
  );
}

/** How long, in milliseconds, an import may wait before a person at the terminal is told why. */
const SILENCE = 2000;

/** Tells a person at the terminal, after a while, that another writer has the store. */
function patienceOf(context: Context): { begin(): void; end(): void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    begin() {
      if (!context.watched) return;
      timer = setTimeout(() => context.note('Waiting for another writer of the store …'), SILENCE);
    },
    end: () => clearTimeout(timer),
  };
}
