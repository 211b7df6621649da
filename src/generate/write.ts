import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CompanyOptions } from './company.js';
import { type GeneratedSource, generateCompany } from './generate.js';

/** Characters gathered before they are written: large enough that the disk is asked seldom. */
const CHUNK = 1 << 18;

/** How far {@link writeCompany} is, told after each chunk. */
export interface WriteProgress {
  readonly source: string;
  /** Lines of this source written so far, the header not counted. */
  readonly lines: number;
  /** Whether this source's file is whole. */
  readonly done: boolean;
}

/** A file that was written. */
export interface WrittenSource {
  readonly source: string;
  readonly path: string;
  readonly lines: number;
}

/**
 * Writes a company into `outDir` (made if need be) as NDJSON, one file a source: the source's id,
 * percent-encoded, and `.ndjson`. A file of that name is replaced once the new one is whole. Waits for the disk
 * after each chunk, so memory stays flat. Rejects with the file system's error, or a RangeError where the options are wrong.
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

/** Writes under another name first: what has its name is whole, also after a disk was full. */
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
    // The caller knows the name it will have, and a full disk names none.
    throw Object.assign(error as Error, { path });
  }
}

/** Gives the number of lines, the header not counted. */
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
