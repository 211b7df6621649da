import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';

/** A snapshot as it is handed to an import: bytes that may be read more than once, or a JSON value. */
export type SnapshotInput = StreamInput | DocumentInput;

/** NDJSON or a JSON document, told apart by what is in it. */
export interface StreamInput {
  /** What people call it: the file's name. Named in problems when there are several. */
  readonly name: string;
  /** Bytes, where known: for progress only. */
  readonly size?: number;
  /** How long it may be, in bytes, where it is one JSON document; not there: as long as any. */
  readonly documentBytes?: number;
  /** Reads it from the beginning. Called up to three times, one after the other. */
  open(): AsyncIterable<Uint8Array>;
}

/** A document that has been parsed already, such as the variable of a GraphQL mutation. */
export interface DocumentInput {
  readonly name: string;
  readonly document: unknown;
}

/** Bytes read from a file in one go; also how much is handled between two turns of the event loop. */
const READ_BYTES = 256 * 1024;

/** A file as an input. @throws what the file system says, when it is not there. */
export async function fileInput(path: string): Promise<StreamInput> {
  const { size } = await stat(path);
  return { name: basename(path), size, open: () => createReadStream(path, { highWaterMark: READ_BYTES }) };
}
