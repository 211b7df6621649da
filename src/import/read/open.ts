import { isUtf8 } from 'node:buffer';
import { MAX_DOCUMENT_BYTES } from '../base/limits.js';
import type { Flaw, Problems } from '../base/problems.js';
import { jsonErrorOffset, lineAndColumn } from '../check/json-position.js';
import { isObject } from '../check/shape.js';
import { DocumentReader } from './document.js';
import { foreignJson, foreignText } from './foreign.js';
import type { SnapshotInput, StreamInput } from './input.js';
import { type InputLine, linesOf, textOf } from './lines.js';
import { NdjsonReader } from './ndjson.js';
import { RowPlace, type SnapshotReader } from './reader.js';

/**
 * Opens an input. It is NDJSON where its first line is a complete header object, with `source` and without items;
 * otherwise it is one JSON document.
 *
 * @returns null where it is neither, which is in `problems` then
 */
export async function openSnapshot(
  input: SnapshotInput,
  position: number,
  several: boolean,
  problems: Problems,
): Promise<SnapshotReader | null> {
  const prefix = several ? `${input.name}:` : '';
  const flaw = (line: number, rule: Flaw['rule'], message: string): null => {
    problems.add(new RowPlace(position, line, (row) => `${prefix}line ${row}`), { field: '', rule, message });
    return null;
  };
  if ('document' in input) {
    const foreign = foreignJson(input.document);
    if (foreign !== null) return flaw(1, 'BAD_JSON', foreign);
    if (isObject(input.document)) return new DocumentReader(input.document, position, prefix);
    return flaw(1, 'BAD_JSON', 'A snapshot is a JSON object with source, mode, entities, relationships.');
  }
  const first = await firstLine(input);
  if (first === undefined) {
    const message = 'The file is empty: a snapshot begins with its header, {"source": …, "mode": …}.';
    return flaw(1, 'BAD_JSON', message);
  }
  const header = parse(textOf(first) ?? '');
  if (isObject(header)) {
    if ('source' in header && !('entities' in header) && !('relationships' in header)) {
      return new NdjsonReader(input, position, header, first.number, prefix);
    }
    if ('entity' in header || 'relationship' in header) {
      return flaw(
        first.number,
        'BAD_JSON',
        'The first line of NDJSON is the header: {"source": …, "mode": …}.',
      );
    }
  }
  const text = await wholeText(input);
  if (typeof text !== 'string') return flaw(1, text.rule, text.message);
  const document = parse(text);
  const foreign = document === undefined ? foreignText(text) : foreignJson(document);
  if (foreign !== null) return flaw(1, 'BAD_JSON', foreign);
  if (isObject(document)) return new DocumentReader(document, position, prefix);
  if (document !== undefined)
    return flaw(
      1,
      'BAD_JSON',
      'A snapshot is a JSON object with source, mode, entities and relationships; `tendril convert --help` lists what can be turned into one.',
    );
  const { line, column } = lineAndColumn(text, jsonErrorOffset(text));
  return flaw(
    line,
    'BAD_JSON',
    `This is no JSON from line ${line}, column ${column} on: mend it there, or export it again.`,
  );
}

/** The first line that is not blank. No more than that is read. */
async function firstLine(input: StreamInput): Promise<InputLine | undefined> {
  for await (const lines of linesOf(input.open(), () => {}, 1)) {
    if (lines[0] !== undefined) return lines[0];
  }
  return undefined;
}

async function wholeText(input: StreamInput): Promise<string | Pick<Flaw, 'rule' | 'message'>> {
  const chunks: Uint8Array[] = [];
  const most = input.documentBytes ?? MAX_DOCUMENT_BYTES;
  let length = 0;
  for await (const chunk of input.open()) {
    length += chunk.byteLength;
    if (length > most) {
      const message = `A JSON document may have ${most} bytes here; send a larger one as NDJSON.`;
      return { rule: 'TOO_LONG', message };
    }
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  if (!isUtf8(bytes))
    return { rule: 'BAD_TEXT', message: 'This is not UTF-8: write the file in that encoding.' };
  const text = bytes.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
