import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';

/** A snapshot as an import takes it: bytes that can be read more than once, or a JSON value. */
export type SnapshotInput = StreamInput | DocumentInput;

/** NDJSON or a JSON document; its content tells which. */
export interface StreamInput {
  /** The name of the file. Problems give it when there are several inputs. */
  readonly name: string;
  /** Its size in bytes, where known; for progress only. */
  readonly size?: number;
  /** The longest JSON document, in bytes. Left out: the general limit holds. NDJSON has no such limit. */
  readonly documentBytes?: number;
  /** Reads it from the beginning. It is called up to three times, one after the other. */
  open(): AsyncIterable<Uint8Array>;
}

/** A document that has been parsed already, such as the variable of a GraphQL mutation. */
export interface DocumentInput {
  readonly name: string;
  readonly document: unknown;
}

/** Bytes read from a file at a time, which are handled without giving way. */
const READ_BYTES = 256 * 1024;

/** A file as an input. @throws the error of the file system where it is not there */
export async function fileInput(path: string): Promise<StreamInput> {
  const { size } = await stat(path);
  return { name: basename(path), size, open: () => createReadStream(path, { highWaterMark: READ_BYTES }) };
}
