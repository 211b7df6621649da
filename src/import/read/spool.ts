import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { limitExceeded } from '../../model/errors.js';
import { fileInput, type StreamInput } from './input.js';

/** A stream that has been written to a file, to be read at leisure. */
export interface Spooled {
  readonly input: StreamInput;
  /** Removes the file. Twice is the same as once. */
  remove(): Promise<void>;
}

/** What {@link spool} names its files: whose they are, so that others can tell whether anybody still reads them. */
const SPOOLED = /^import-(\d+)-[\da-f-]{36}$/;

/**
 * Removes what processes that were killed left in `dir`. What is of a process that lives stays, another's or
 * ours: several may spool into one folder.
 */
export async function removeLeftovers(dir: string): Promise<void> {
  const names = await readdir(dir).catch(() => []);
  for (const name of names) {
    const pid = SPOOLED.exec(name)?.[1];
    if (pid === undefined || (await isUsed(join(dir, name), Number(pid)))) continue;
    // It may be of another user, or gone by now: it is in nobody's way then.
    await rm(join(dir, name), { force: true }).catch(() => {});
  }
}

/** In a container each start may have the number of the one before: of our own number, files count from our start. */
async function isUsed(path: string, pid: number): Promise<boolean> {
  if (pid !== process.pid) return isRunning(pid);
  const { mtimeMs } = await stat(path);
  return mtimeMs >= Date.now() - process.uptime() * 1000;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/**
 * Writes a stream (an HTTP body, stdin) to a temporary file in `dir` before it is imported, so that the one
 * writer's lock is never held while a slow client sends, and the bytes can be read twice.
 *
 * @throws LIMIT_EXCEEDED when there are more than `maxBytes`; nothing stays behind then, nor when the stream
 *   breaks off.
 */
export async function spool(
  chunks: AsyncIterable<Uint8Array>,
  dir: string,
  maxBytes: number,
  name = 'snapshot',
): Promise<Spooled> {
  // A snapshot is as confidential as the store: for its owner alone.
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, `import-${process.pid}-${randomUUID()}`);
  const remove = () => rm(path, { force: true });
  const file = await open(path, 'wx', 0o600);
  try {
    let written = 0;
    for await (const chunk of chunks) {
      written += chunk.byteLength;
      if (written > maxBytes) {
        const message = `A snapshot may have ${maxBytes} bytes here; import a larger one from a file.`;
        throw limitExceeded(message, 'snapshotBytes', maxBytes);
      }
      await file.writeFile(chunk);
    }
  } catch (error) {
    await file.close();
    await remove();
    throw error;
  }
  await file.close();
  return { input: { ...(await fileInput(path)), name }, remove };
}
