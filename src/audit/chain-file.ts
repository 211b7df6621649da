import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import {
  CHAIN_START,
  type ChainPlace,
  type ChainVerification,
  UnreadableEvent,
  verifyChain,
} from './verify-chain.js';

/** First line of an exported stretch of the chain: between which places it lies. */
interface ChainHeader {
  readonly format: 'tendril-audit';
  readonly version: 1;
  readonly after: ChainPlace;
  readonly through: ChainPlace;
  /** SHA-256 in hex of the canonical JSON of the rest, so that nothing in the header changes unseen. */
  readonly hash: string;
}

/** The first line of an exported stretch of the chain, which begins after one place and goes through another. */
export function chainHeader(after: ChainPlace, { seq, hash }: ChainPlace): string {
  const header = { format: 'tendril-audit', version: 1, after, through: { seq, hash } };
  return `${canonicalize({ ...header, hash: digest(header) })}\n`;
}

/** What was found about an exported stretch of the chain. */
export interface FileVerification extends ChainVerification {
  /** The place after which the file begins; what came before is not in it. null where its header is not to be read. */
  readonly after: ChainPlace | null;
}

/** Verifies an exported stretch with nothing but the file, and places that are vouched for elsewhere. */
export async function verifyChainFile(
  bytes: AsyncIterable<Uint8Array>,
  vouched: readonly ChainPlace[] = [],
): Promise<FileVerification> {
  const lines = linesOf(bytes);
  const first = await firstOf(lines);
  const header = headerOf(first);
  if (header === undefined) {
    const why = isEventLine(first)
      ? EVENTS_OF_A_CASE
      : 'The first line is not the header that an export begins with, or was changed.';
    return { valid: false, events: 0, head: null, firstBrokenAt: 1, why, after: null };
  }
  const { after, through } = header;
  const before = vouched.find(({ seq, hash }) => seq === after.seq && seq > 0 && hash !== after.hash);
  if (before !== undefined) {
    const why = `The file begins after another event ${after.seq} than the one that is vouched for.`;
    return { valid: false, events: 0, head: null, firstBrokenAt: after.seq, why, after };
  }
  const found = await verifyChain(eventsIn(lines), { after, through: [through, ...vouched] });
  const last = after.seq + found.events;
  if (!found.valid || last === through.seq) return { ...found, after };
  const why = `The header says that the file ends with event ${through.seq}: something was added.`;
  return { ...found, valid: false, firstBrokenAt: through.seq + 1, why, after };
}

function digest(value: object): string {
  return createHash('sha256')
    .update(canonicalize(value) as string)
    .digest('hex');
}

function headerOf(line: string | undefined): ChainHeader | undefined {
  try {
    const header = JSON.parse(line ?? '') as ChainHeader;
    const { hash, ...rest } = header;
    const { format, version, after } = header;
    if (canonicalize(header) !== line || digest(rest) !== hash) return undefined;
    if (format !== 'tendril-audit' || version !== 1) return undefined;
    return after.seq === 0 && after.hash !== CHAIN_START.hash ? undefined : header;
  } catch {
    return undefined;
  }
}

/** What is to be checked in the place of the events of one case, which are no stretch of the chain. */
const EVENTS_OF_A_CASE =
  'The file begins with an event and not with a header: such are the events of one case (events.ndjson), which are not ' +
  'the whole chain. Verify the folder that it came in, or chain.ndjson there.';

function isEventLine(line: string | undefined): boolean {
  try {
    const { seq, previousHash } = JSON.parse(line ?? '') as { seq?: unknown; previousHash?: unknown };
    return typeof seq === 'number' && typeof previousHash === 'string';
  } catch {
    return false;
  }
}

/** @throws UnreadableEvent */
async function* eventsIn(lines: AsyncIterable<string>): AsyncGenerator<unknown> {
  let number = 1;
  for await (const line of lines) {
    number += 1;
    yield eventOf(line, number);
  }
}

/** A value has one canonical form only: a byte that changes the text and not the value is found, too. */
function eventOf(line: string, number: number): unknown {
  try {
    const value: unknown = JSON.parse(line);
    if (canonicalize(value) === line) return value;
  } catch {
    // Told below like whatever else is not what an export writes.
  }
  throw new UnreadableEvent(`Line ${number} is not an event as an export writes it: it was changed.`);
}

async function firstOf(lines: AsyncGenerator<string>): Promise<string | undefined> {
  const { done, value } = await lines.next();
  return done === true ? undefined : value;
}

/** Lines of UTF-8, without their ends. What is no UTF-8 is put into none of them as it was. */
async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest = '';
  // With `ignoreBOM` a mark at the beginning stays where it is, and is no part of a header.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for await (const chunk of bytes) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
