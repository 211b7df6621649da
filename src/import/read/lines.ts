import { isUtf8 } from 'node:buffer';
import { BATCH_ITEMS, MAX_LINE_BYTES } from '../base/limits.js';

/** One line of a stream, without its line end. */
export interface InputLine {
  /** The number of the line, from 1. */
  readonly number: number;
  /** null: the line is longer than {@link MAX_LINE_BYTES}, and was skipped. */
  readonly bytes: Buffer | null;
}

/**
 * Splits bytes into lines, in batches. At most one line longer than a chunk is held in memory. Blank lines are left out
 * but counted.
 *
 * @param seen is called with the number of bytes of each chunk
 * @param batch the fewest lines of a batch, except the last
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  seen: (bytes: number) => void = () => {},
  batch = BATCH_ITEMS,
): AsyncGenerator<InputLine[]> {
  const splitter = new Splitter();
  for await (const chunk of chunks) {
    seen(chunk.byteLength);
    splitter.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    if (splitter.lines.length >= batch) yield splitter.take();
  }
  splitter.end();
  yield splitter.take();
}

/** The text of a line, without a byte order mark; undefined where its bytes are not UTF-8. */
export function textOf({ bytes, number }: InputLine): string | undefined {
  if (bytes === null) return undefined;
  const text = bytes.toString('utf8');
  // Invalid bytes become U+FFFD, but the text may have that character itself: only then are the bytes checked.
  if (text.includes('\ufffd') && !isUtf8(bytes)) return undefined;
  return number === 1 && text.startsWith('\ufeff') ? text.slice(1) : text;
}

const NEWLINE = 10;

/** The byte order mark with which some programs begin UTF-8. */
const MARK = Buffer.from('\ufeff');

class Splitter {
  lines: InputLine[] = [];
  private number = 0;
  /** The parts of a line that has not ended. */
  private begun: Buffer[] = [];
  private begunBytes = 0;

  push(chunk: Buffer): void {
    let start = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, start)) {
      this.finish(chunk.subarray(start, at));
      start = at + 1;
    }
    if (start < chunk.length) this.keep(chunk.subarray(start));
  }

  end(): void {
    if (this.begunBytes > 0) this.finish(Buffer.alloc(0));
  }

  take(): InputLine[] {
    const taken = this.lines;
    this.lines = [];
    return taken;
  }

  private keep(part: Buffer): void {
    this.begunBytes += part.length;
    // The bytes of a line that is too long are counted to its end, and not kept.
    if (this.begunBytes > MAX_LINE_BYTES) this.begun = [];
    else this.begun.push(part);
  }

  private finish(last: Buffer): void {
    this.number += 1;
    if (this.begunBytes > 0) {
      this.keep(last);
      const whole = this.begunBytes > MAX_LINE_BYTES ? null : Buffer.concat(this.begun);
      this.begun = [];
      this.begunBytes = 0;
      this.add(whole);
    } else {
      this.add(last.length > MAX_LINE_BYTES ? null : last);
    }
  }

  private add(bytes: Buffer | null): void {
    if (bytes === null || !isBlank(this.number === 1 ? withoutMark(bytes) : bytes))
      this.lines.push({ number: this.number, bytes });
  }
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes.subarray(0, MARK.length).equals(MARK) ? bytes.subarray(MARK.length) : bytes;
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 32 || byte === 9 || byte === 13);
}
