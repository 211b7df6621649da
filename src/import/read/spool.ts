import { randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { limitExceeded } from '../../model/errors.js';
import { fileInput, type StreamInput } from './input.js';

/** A stream that has been written to a file, to be read at leisure. */
export interface Spooled {
  readonly input: StreamInput;
  /** Removes the file. Twice is the same as once. */
  remove(): Promise<void>;
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
  const path = join(dir, `import-${randomUUID()}`);
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
