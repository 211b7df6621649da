import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { ImportOptions, ImportResult } from '../import/base/types.js';
import { importSnapshots } from '../import/import-snapshots.js';
import { fileInput, type StreamInput } from '../import/read/input.js';
import { type Spooled, spool } from '../import/read/spool.js';
import type { Context } from './context.js';
import { aborted, interruptible } from './interrupted.js';
import { progressOf } from './progress.js';
import { type Session, withSession } from './session.js';
import { UsageError } from './usage-error.js';

/** What is asked of an import besides its files. */
export type Asked = Pick<ImportOptions, 'dangling'> & { readonly force?: boolean };

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
  asked: Asked,
): Promise<ImportResult> {
  // What is wrong with a name should not leave an empty store behind.
  const named = await namedInputs(files);
  return interruptible('Stopped: nothing was written.', (signal) =>
    withSession(context, { as: 'Mutation.importSnapshot', create: true }, async (session) => {
      const piped = files.includes(STDIN) ? await pipedInput(session, signal) : undefined;
      try {
        const inputs = named.map((input) => input ?? piped?.input).filter((input) => input !== undefined);
        return await commit(context, session, inputs, { asked, signal });
      } finally {
        await piped?.remove();
      }
    }),
  );
}

/** The files as inputs, in order; undefined in the place of standard input. @throws UsageError */
async function namedInputs(files: readonly string[]): Promise<(StreamInput | undefined)[]> {
  const twice = files.find((file, at) => files.indexOf(file) !== at);
  if (twice !== undefined) throw new UsageError(`${twice} is named twice; name each file once.`);
  if (files.includes(STDIN) && process.stdin.isTTY) {
    throw new UsageError(
      '- reads a snapshot from standard input, and that is a terminal; pipe one in, as in `tendril import - < hr.ndjson`.',
    );
  }
  return Promise.all(
    files.map(async (file) => {
      if (file === STDIN) return undefined;
      if ((await stat(file)).isDirectory())
        throw new UsageError(`${file} is a folder; name the files in it.`);
      return fileInput(file);
    }),
  );
}

/** Standard input, written down until it is whole: a slow writer does not hold the store. */
async function pipedInput({ spoolDir, limits }: Session, signal: AbortSignal): Promise<Spooled> {
  const stop = () => process.stdin.destroy(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await spool(process.stdin, spoolDir, limits.snapshotBytes, 'standard input');
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

interface HowToCommit {
  readonly asked: Asked;
  readonly signal: AbortSignal;
}

async function commit(
  context: Context,
  { store, clock, viewer, aftermath }: Session,
  inputs: readonly StreamInput[],
  { asked, signal }: HowToCommit,
): Promise<ImportResult> {
  const bar = await progressOf(context, 'Importing');
  const patience = patienceOf(context);
  let begun = false;
  const importing = importSnapshots(store, inputs, {
    force: asked.force ?? false,
    dangling: asked.dangling ?? 'refuse',
    actor: { subject: viewer.subject, signedInBy: viewer.signedInBy, requestId: randomUUID() },
    now: () => clock.now(),
    aftermath,
    signal,
    onTurn: (turn) => (turn === 'asked' ? patience.begin() : patience.end()),
    onProgress({ read, total, items }) {
      begun = true;
      bar.update(read, total, `${items.toLocaleString('en')} items`);
    },
  });
  // While it waits for another writer it hears no signal; once it has begun, only it knows how it ended.
  const waiting = aborted(signal).catch((reason) => {
    if (begun) return importing;
    throw reason;
  });
  try {
    return await Promise.race([importing, waiting]);
  } finally {
    patience.end();
    bar.stop();
  }
}

/** How long, in milliseconds, nothing may seem to happen before somebody who watches is told why. */
const SILENCE = 2000;

/** Tells whoever watches, after a while, that another writer has the store. */
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
