import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { limitExceeded } from '../../model/errors.js';
import { fileInput, type StreamInput } from './input.js';

/** A stream that was written to a temporary file. */
export interface Spooled {
  readonly input: StreamInput;
  /** Removes the file. A second call does nothing. */
  remove(): Promise<void>;
}

/** The file names of {@link spool}: with the id of the process, so that others can tell whether it still runs. */
const SPOOLED = /^import-(\d+)-[\da-f-]{36}$/;

/**
 * Removes the files that killed processes have left in `dir`. Files of running processes stay, since several processes
 * may use one folder.
 */
export async function removeLeftovers(dir: string): Promise<void> {
  const names = await readdir(dir).catch(() => []);
  for (const name of names) {
    const pid = SPOOLED.exec(name)?.[1];
    if (pid === undefined || (await isUsed(join(dir, name), Number(pid)))) continue;
    // The file may belong to another user, or be gone by now: both are no problem.
    await rm(join(dir, name), { force: true }).catch(() => {});
  }
}

/**
 * Whether the process of a file still uses it. In a container every start may have the same process id, so a file with
 * our own id is used only where it is younger than this process.
 */
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
    // EPERM: the process runs as another user.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/**
 * Writes a stream (an HTTP body, stdin) to a temporary file in `dir` before it is imported. So the lock of the one
 * writer is not held while a slow client sends, and the bytes can be read twice.
 *
 * @throws LIMIT_EXCEEDED for more than `maxBytes`, and the error of the stream where it breaks off; the file is removed
 *   then
 */
export async function spool(
  chunks: AsyncIterable<Uint8Array>,
  dir: string,
  maxBytes: number,
  name = 'snapshot',
): Promise<Spooled> {
  // A snapshot is as confidential as the store, so only its owner may read it.
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
