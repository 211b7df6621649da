import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { SNAPSHOT_FRAMES } from '../../model/snapshot-frames.js';
import type { ImportOptions, ImportOutcome, SnapshotInput } from '../client.js';
import { requireOk, type Send } from './request.js';

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
 */
export async function sendSnapshots(
  send: Send,
  inputs: readonly SnapshotInput[],
  { force, dangling, signal, onProgress }: ImportOptions,
): Promise<ImportOutcome> {
  const measured = await Promise.all(inputs.map(measure));
  // A stream may have any length, so it comes last and goes on to the end of the body.
  measured.sort((a, b) => Number(a.bytes === undefined) - Number(b.bytes === undefined));
  const sizes = measured.map(({ bytes }) => bytes);
  const total = sizes.includes(undefined)
    ? undefined
    : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  const sending = new AbortController();
  const stop = () => sending.abort(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener('abort', stop, { once: true });
  let sent = 0;
  const frames = async function* () {
    for (const { name, bytes, chunks } of measured) {
      yield Buffer.from(`${JSON.stringify({ name, ...(bytes !== undefined && { bytes }) })}\n`);
      for await (const chunk of chunks()) {
        sent += chunk.byteLength;
        onProgress?.({ read: sent, total });
        yield chunk;
      }
    }
    signal.removeEventListener('abort', stop);
  };
  try {
    const response = await send(`/import?force=${force}&dangling=${dangling}`, {
      method: 'POST',
      headers: { 'Content-Type': SNAPSHOT_FRAMES },
      body: frames(),
      duplex: 'half',
      signal: sending.signal,
    });
    return (await (await requireOk(response)).json()) as ImportOutcome;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function measure(input: SnapshotInput): Promise<Measured> {
  if ('stream' in input) return { name: input.name, chunks: () => input.stream };
  const { size } = await stat(input.path);
  return { name: input.name, bytes: size, chunks: () => createReadStream(input.path) };
}
