import type { IncomingMessage } from 'node:http';
import { TendrilError, unavailable } from '../../model/errors.js';
import { formatTime } from '../../model/time.js';
import type { ExportedGraph, ExportedSource, ExportOptions } from '../client.js';
import { connectionLost, notUnderstood } from './errors.js';
import { parsed, requireOk, type Send } from './request.js';

/** What each snapshot of `GET /export` begins with. */
const HEADER = Buffer.from('{"source":');
const LINE_END = 10;
const OK = 200;

/** The first line of what `GET /export` answers. */
interface Manifest {
  readonly export: { readonly revision: string; readonly sources: readonly string[] };
}

/** Whole lines of one snapshot. */
interface Piece {
  /** Whether a snapshot begins with it. */
  readonly begins: boolean;
  readonly bytes: Uint8Array;
}

/** Receives `GET /export`, snapshot by snapshot, as it comes. */
export async function receiveExport(
  url: string,
  send: Send,
  { asOf, source }: ExportOptions,
): Promise<ExportedGraph> {
  const asked = new URLSearchParams();
  if (asOf !== undefined) asked.set('asOf', formatTime(asOf));
  if (source !== undefined) asked.set('source', source);
  const pieces = piecesOf(await answerOf(url, send(`/export?${asked}`, { method: 'GET' })));
  const first = await pieces.next();
  if (first.done === true) throw brokenOff();
  const manifest = parsed(Buffer.from(first.value.bytes).toString()) as Partial<Manifest> | undefined;
  if (manifest?.export === undefined) throw notUnderstood(url, OK);
  const { revision, sources } = manifest.export;
  return { revision, sources, snapshots: () => snapshotsOf(pieces, sources) };
}

/** @throws UNAVAILABLE; what the service refuses */
async function answerOf(url: string, sent: ReturnType<Send>): Promise<IncomingMessage> {
  try {
    return await requireOk(await sent, url);
  } catch (error) {
    throw error instanceof TendrilError ? error : connectionLost(url, error, false);
  }
}

async function* snapshotsOf(
  pieces: AsyncGenerator<Piece>,
  sources: readonly string[],
): AsyncGenerator<ExportedSource> {
  let next = await pieces.next();
  async function* rest(): AsyncGenerator<Uint8Array> {
    do {
      if (next.done === true) throw brokenOff();
      yield next.value.bytes;
      next = await pieces.next();
    } while (next.done !== true && !next.value.begins);
  }
  for (const source of sources) yield { source, bytes: rest() };
}

/** The body in pieces of whole lines. The first one is the manifest alone; each header begins another. */
async function* piecesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Piece> {
  let rest = Buffer.alloc(0);
  let manifest = true;
  for await (const chunk of chunksOf(body)) {
    const bytes = Buffer.concat([rest, chunk]);
    let [from, at, begins] = [0, 0, false];
    for (let end = bytes.indexOf(LINE_END); end !== -1; end = bytes.indexOf(LINE_END, at)) {
      const header = !manifest && bytes.subarray(at, at + HEADER.length).equals(HEADER);
      if (header && at > from) yield { begins, bytes: bytes.subarray(from, at) };
      if (header) [from, begins] = [at, true];
      at = end + 1;
      if (!manifest) continue;
      manifest = false;
      yield { begins: false, bytes: bytes.subarray(from, at) };
      from = at;
    }
    if (at > from) yield { begins, bytes: bytes.subarray(from, at) };
    rest = bytes.subarray(at);
  }
  if (rest.length > 0) throw brokenOff();
}

async function* chunksOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw brokenOff(error);
  }
}

const brokenOff = (cause?: unknown) =>
  unavailable('The service broke the export off; what was received is not whole. Try again.', cause);
