import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompanyOptions } from './company.js';
import { type GeneratedSource, generateCompany } from './generate.js';

/** How many characters are collected before they are written, so that there are few writes. */
const CHUNK = 1 << 18;

/** The progress of {@link writeCompany}, reported after each chunk. */
export interface WriteProgress {
  readonly source: string;
  /** How many lines of this source were written so far, without the header. */
  readonly lines: number;
  /** Whether the file of this source is complete. */
  readonly done: boolean;
}

/** A file that was written. */
export interface WrittenSource {
  readonly source: string;
  readonly path: string;
  readonly lines: number;
}

/**
 * Writes a company into `outDir` as NDJSON, one file for each source. The folder is created if needed. The name of a
 * file is the source's id, percent-encoded, and `.ndjson`; a file with that name is replaced when the new one is
 * complete. Each chunk is written before the next is generated, so memory stays constant.
 *
 * @throws the error of the file system; RangeError where the options are not valid
 */
export async function writeCompany(
  options: CompanyOptions,
  outDir: string,
  onProgress: (progress: WriteProgress) => void = () => {},
): Promise<readonly WrittenSource[]> {
  const sources = generateCompany(options);
  await mkdir(outDir, { recursive: true });
  const written: WrittenSource[] = [];
  for (const generated of sources) written.push(await writeSource(generated, outDir, onProgress));
  return written;
}

/** Writes under another name first, so that a file with its final name is complete, also after the disk was full. */
async function writeSource(
  generated: GeneratedSource,
  outDir: string,
  onProgress: (progress: WriteProgress) => void,
): Promise<WrittenSource> {
  const source = generated.header.source.id;
  const path = join(outDir, `${encodeURIComponent(source)}.ndjson`);
  const part = `${path}.part`;
  try {
    const file = await open(part, 'w');
    const lines = await writeLines(file, generated, (count) =>
      onProgress({ source, lines: count, done: false }),
    ).finally(() => file.close());
    await rename(part, path);
    onProgress({ source, lines, done: true });
    return { source, path, lines };
  } catch (error) {
    await rm(part, { force: true });
    // The caller expects the final name in the error, and the error of a full disk has no name.
    throw Object.assign(error as Error, { path });
  }
}

/** Returns the number of lines, without the header. */
async function writeLines(
  file: FileHandle,
  { header, lines }: GeneratedSource,
  onProgress: (lines: number) => void,
): Promise<number> {
  let chunk = `${JSON.stringify(header)}\n`;
  let count = 0;
  for (const line of lines) {
    chunk += `${JSON.stringify(line)}\n`;
    count += 1;
    if (chunk.length < CHUNK) continue;
    await file.writeFile(chunk);
    chunk = '';
    onProgress(count);
  }
  await file.writeFile(chunk);
  return count;
}
