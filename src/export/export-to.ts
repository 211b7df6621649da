import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Revision } from '../model/revision.js';
import { type Exportable, exportSnapshots } from './export.js';

/** How many characters are collected before they are written. */
const CHUNK = 64 * 1024;

/** The name of a source's file (api, section 1). */
export function fileNameOf(source: string): string {
  return `${encodeURIComponent(source)}.ndjson`;
}

/** Joins lines to bytes of NDJSON, in chunks. */
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
 * Writes the export into a directory, which is made where it is missing. A file gets its name when it is complete; a
 * file that cannot be written is removed.
 *
 * @returns the paths of the files, in order of source
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
    await writeFile(part.lines, path);
    paths.push(path);
  }
  return paths;
}

async function writeFile(lines: AsyncIterable<string>, path: string): Promise<void> {
  const part = `${path}.part`;
  try {
    await pipeline(Readable.from(ndjsonOf(lines)), createWriteStream(part));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw isSystemError(error) ? Object.assign(error, { path }) : error;
  }
}

/** Whether it is an error of the operating system. Its path is replaced: a full disk gives none, others the `.part`. */
function isSystemError(error: unknown): error is object {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}
