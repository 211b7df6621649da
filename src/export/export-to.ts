import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Revision } from '../model/revision.js';
import { type Exportable, exportSnapshots } from './export.js';

/** Characters gathered before they are written. */
const CHUNK = 64 * 1024;

/** The name of a source's file (api, section 1). */
export function fileNameOf(source: string): string {
  return `${encodeURIComponent(source)}.ndjson`;
}

/** Bytes of NDJSON out of lines, in pieces of some size. */
export async function* ndjsonOf(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let gathered = '';
  for await (const line of lines) {
    gathered += `${line}\n`;
    if (gathered.length < CHUNK) continue;
    yield Buffer.from(gathered);
    gathered = '';
  }
  if (gathered !== '') yield Buffer.from(gathered);
}

/**
 * Writes the export into a directory, which is made when it is missing; gives the paths, in order of source.
 * A file has its name once it is whole; of one that cannot be written nothing stays behind.
 */
export async function exportTo(
  store: Exportable,
  at: Revision,
  dir: string,
  source?: string,
): Promise<string[]> {
  await mkdir(dir, { recursive: true });
  const paths: string[] = [];
  for await (const part of exportSnapshots(store, at, source)) {
    const path = join(dir, fileNameOf(part.source));
    await writeWhole(part.lines, path);
    paths.push(path);
  }
  return paths;
}

async function writeWhole(lines: AsyncIterable<string>, path: string): Promise<void> {
  const part = `${path}.part`;
  try {
    await pipeline(Readable.from(ndjsonOf(lines)), createWriteStream(part));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw ofSystem(error) ? Object.assign(error, { path }) : error;
  }
}

/** An error of the operating system; a full disk names no path, and of others the caller knows another name. */
function ofSystem(error: unknown): error is object {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}
