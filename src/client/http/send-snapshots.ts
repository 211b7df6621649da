import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { badInput, TendrilError } from '../../model/errors.js';
import { SNAPSHOT_FRAMES } from '../../model/snapshot-frames.js';
import type { ImportOptions, ImportOutcome, SnapshotInput } from '../client.js';
import { connectionLost, notUnderstood } from './errors.js';
import { parsed, requireOk, type Send } from './request.js';

const OK = 200;

/** A snapshot with its length, where that is known before it is sent. */
interface Measured {
  readonly name: string;
  readonly bytes?: number;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/**
 * Sends snapshots to `POST /import` as one import.
 *
 * While they are sent the signal stops it, and nothing is written. Afterwards only the service knows how it ended, and
 * is waited for.
 *
 * @throws BAD_INPUT for several snapshots of unknown length; the error of a snapshot that cannot be read; UNAVAILABLE,
 *   which says whether something may have been written
 */
export async function sendSnapshots(
  url: string,
  send: Send,
  inputs: readonly SnapshotInput[],
  { force, dangling, signal, onProgress }: ImportOptions,
): Promise<ImportOutcome> {
  const snapshots = await measureAll(inputs);
  const sizes = snapshots.map(({ bytes }) => bytes);
  const total = sizes.includes(undefined)
    ? undefined
    : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  const sending = new AbortController();
  const stop = () => sending.abort(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener('abort', stop, { once: true });
  let read = 0;
  const frames = new Frames(snapshots, (bytes) => {
    read += bytes;
    onProgress?.({ read, total });
  });
  try {
    const answer = await send(`/import?force=${force}&dangling=${dangling}`, {
      method: 'POST',
      headers: { 'Content-Type': SNAPSHOT_FRAMES },
      body: frames.bytes(() => signal.removeEventListener('abort', stop)),
      signal: sending.signal,
    });
    const outcome = parsed(await text(await requireOk(answer, url))) as Partial<ImportOutcome> | undefined;
    if (outcome?.revision === undefined) throw notUnderstood(url, OK);
    return outcome as ImportOutcome;
  } catch (error) {
    sending.signal.throwIfAborted();
    if (error instanceof TendrilError) throw error;
    if (frames.failure !== undefined) throw frames.failure.error;
    // The service begins to write when it has the end of the body.
    throw connectionLost(url, error, frames.areComplete);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Snapshots as one body, and how far it came. */
class Frames {
  /** Whether all was made. */
  areComplete = false;
  /** Why a snapshot could not be read. */
  failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly snapshots: readonly Measured[],
    private readonly onRead: (bytes: number) => void,
  ) {}

  async *bytes(onEnd: () => void): AsyncGenerator<Uint8Array> {
    for (const { name, bytes, chunks } of this.snapshots) {
      yield Buffer.from(`${JSON.stringify({ name, ...(bytes !== undefined && { bytes }) })}\n`);
      for await (const chunk of this.read(chunks())) {
        this.onRead(chunk.byteLength);
        yield chunk;
      }
    }
    this.areComplete = true;
    onEnd();
  }

  private async *read(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    try {
      yield* chunks;
    } catch (error) {
      this.failure = { error };
      throw error;
    }
  }
}

/** The snapshots in the order in which they are sent. @throws BAD_INPUT */
async function measureAll(inputs: readonly SnapshotInput[]): Promise<Measured[]> {
  const all = await Promise.all(inputs.map(measure));
  const streams = all.filter(({ bytes }) => bytes === undefined);
  if (streams.length > 1) {
    const names = streams.map(({ name }) => name).join(', ');
    throw badInput(
      `A service takes one stream at a time, and these are ${streams.length} (${names}); write all but one to files.`,
    );
  }
  // A stream may have any length, so it comes last and goes on to the end of the body.
  return [...all.filter(({ bytes }) => bytes !== undefined), ...streams];
}

async function measure(input: SnapshotInput): Promise<Measured> {
  const { name } = input;
  if ('stream' in input) return { name, chunks: () => input.stream };
  const file = await stat(input.path);
  // A pipe, as in `tendril import <(command)`, has no length.
  if (!file.isFile()) return { name, chunks: () => createReadStream(input.path) };
  const { size } = file;
  // A file that grows meanwhile is sent as long as it was.
  const chunks = () => (size === 0 ? Readable.from([]) : createReadStream(input.path, { end: size - 1 }));
  return { name, bytes: size, chunks };
}
