import { MAX_LINE_BYTES } from '../base/limits.js';
import type { Flaw } from '../base/problems.js';
import { jsonErrorOffset } from '../check/json-position.js';
import { isObject } from '../check/shape.js';
import type { StreamInput } from './input.js';
import { type InputLine, linesOf, textOf } from './lines.js';
import {
  type Item,
  type ItemKind,
  type Progress,
  type RawHeader,
  RowPlace,
  type SnapshotReader,
} from './reader.js';

/** How a line of each kind begins where it has no spaces, as in exports and from most sources. */
const BEGINNINGS: Readonly<Record<ItemKind, Buffer>> = {
  entity: Buffer.from('{"entity":'),
  relationship: Buffer.from('{"relationship":'),
};

const OTHER: Readonly<Record<ItemKind, ItemKind>> = { entity: 'relationship', relationship: 'entity' };

/** A snapshot as NDJSON: a header line, then one item a line, in any order. It is read once for each kind of item. */
export class NdjsonReader implements SnapshotReader {
  readonly header: RawHeader;
  private readonly naming: (row: number) => string;

  /** @param prefix what problems have before the number of the line: the name of the file, when there are several */
  constructor(
    private readonly input: StreamInput,
    private readonly position: number,
    header: unknown,
    private readonly headerLine: number,
    prefix: string,
  ) {
    this.naming = (row) => `${prefix}line ${row}`;
    this.header = { value: header, place: this.place(headerLine) };
  }

  entityLabel(row: number): string {
    return this.naming(row);
  }

  async *items(kind: ItemKind, progress: Progress): AsyncIterable<readonly Item[]> {
    for await (const lines of linesOf(this.input.open(), progress.bytes)) {
      const items: Item[] = [];
      for (const line of lines) {
        if (line.number === this.headerLine) continue;
        const item = this.read(kind, line, progress);
        if (item !== null) items.push(item);
      }
      if (items.length > 0) yield items;
    }
  }

  /**
   * The item of a line; null where it is of the other kind or is no item. Since the file is read twice, a flawed line
   * is reported once: when its kind is read, or, where its kind is not clear, with the entities.
   */
  private read(kind: ItemKind, line: InputLine, progress: Progress): Item | null {
    if (startsWith(line, BEGINNINGS[OTHER[kind]])) return null;
    const reports = kind === 'entity' || startsWith(line, BEGINNINGS[kind]);
    const flaw = (field: string, rule: Flaw['rule'], message: string): null => {
      if (reports) progress.flawed(this.place(line.number), { field, rule, message });
      return null;
    };
    if (line.bytes === null)
      return flaw(
        '',
        'TOO_LONG',
        `A line may have ${MAX_LINE_BYTES} bytes: leave out what Tendril does not need, such as long attributes.`,
      );
    const text = textOf(line);
    if (text === undefined)
      return flaw('', 'BAD_TEXT', 'This line is not UTF-8: write the file in that encoding.');
    const parsed = parse(text);
    if (parsed === undefined) {
      const message = `This is no JSON from column ${jsonErrorOffset(text) + 1} on: mend it there, or export it again.`;
      return flaw('', 'BAD_JSON', message);
    }
    const names = isObject(parsed) ? Object.keys(parsed) : [];
    const name = names[0];
    if (names.length !== 1 || (name !== 'entity' && name !== 'relationship')) {
      return flaw('', 'BAD_PROPERTY', 'A line is {"entity": …} or {"relationship": …} and nothing else.');
    }
    if (name !== kind) return null;
    return { value: (parsed as Record<string, unknown>)[name], raw: text, place: this.place(line.number) };
  }

  private place(row: number): RowPlace {
    return new RowPlace(this.position, row, this.naming);
  }
}

/** Byte by byte: a call of the runtime for so few bytes, twice for every line, would cost several times as much. */
function startsWith({ bytes }: InputLine, beginning: Buffer): boolean {
  if (bytes === null || bytes.length < beginning.length) return false;
  for (let at = 0; at < beginning.length; at += 1) {
    if (bytes[at] !== beginning[at]) return false;
  }
  return true;
}

/** The value of a JSON text, or undefined where it is none (no JSON text has that value). */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
