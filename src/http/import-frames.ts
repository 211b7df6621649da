import { badInput } from '../model/errors.js';

/** One of several snapshots in a body (`SNAPSHOT_FRAMES`). Its bytes are read to their end before the next one. */
export interface Frame {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** How long the line before a snapshot, and a name in it, may be, in bytes. */
const LONGEST_LINE = 2048;
const LONGEST_NAME = 255;
const LINE_END = 10;

/** The snapshots in a body. @throws BAD_INPUT for a body in another format, or one that ends too early */
export async function* framesIn(body: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  const source = new Source(body);
  for (;;) {
    const line = await source.line();
    if (line === undefined) return;
    const { name, bytes } = headOf(line);
    yield { name, bytes: source.take(bytes) };
  }
}

/** Reads a body by lines and by lengths. */
class Source {
  private rest: Uint8Array = new Uint8Array();
  private readonly chunks: AsyncIterator<Uint8Array>;

  constructor(body: AsyncIterable<Uint8Array>) {
    this.chunks = body[Symbol.asyncIterator]();
  }

  /** The next line without its end; undefined where the body has ended. */
  async line(): Promise<string | undefined> {
    for (;;) {
      const end = this.rest.indexOf(LINE_END);
      if (end > LONGEST_LINE || (end === -1 && this.rest.byteLength > LONGEST_LINE)) throw notFramed();
      if (end !== -1) {
        const line = Buffer.from(this.rest.subarray(0, end)).toString();
        this.rest = this.rest.subarray(end + 1);
        return line;
      }
      const ended = this.rest.byteLength === 0;
      if (!(await this.more())) {
        if (ended) return undefined;
        throw notFramed();
      }
    }
  }

  /** The next bytes of a length; without a length, all that are left. */
  async *take(length: number | undefined): AsyncGenerator<Uint8Array> {
    let left = length ?? Number.POSITIVE_INFINITY;
    while (left > 0) {
      if (this.rest.byteLength === 0 && !(await this.more())) {
        if (length === undefined) return;
        throw badInput('The body ends within a snapshot; send it again, complete.');
      }
      const piece = this.rest.subarray(0, Math.min(left, this.rest.byteLength));
      this.rest = this.rest.subarray(piece.byteLength);
      left -= piece.byteLength;
      if (piece.byteLength > 0) yield piece;
    }
  }

  /** Waits for more bytes; false: there are none. */
  private async more(): Promise<boolean> {
    const next = await this.chunks.next();
    if (next.done === true) return false;
    this.rest = this.rest.byteLength === 0 ? next.value : Buffer.concat([this.rest, next.value]);
    return true;
  }
}

function headOf(line: string): { name: string; bytes: number | undefined } {
  let head: unknown;
  try {
    head = JSON.parse(line);
  } catch {
    throw notFramed();
  }
  const { name, bytes } = (head ?? {}) as { name?: unknown; bytes?: unknown };
  const isLength = bytes === undefined || (Number.isSafeInteger(bytes) && (bytes as number) >= 0);
  if (typeof name !== 'string' || name === '' || name.length > LONGEST_NAME || !isLength) throw notFramed();
  return { name, bytes: bytes as number | undefined };
}

const notFramed = () =>
  badInput(
    'Before each snapshot there must be a line of JSON with its `name`, and with its length in `bytes`.',
  );
