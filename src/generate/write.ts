import { mkdir, open } from 'node:fs/promises';
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
 * percent-encoded, and `.ndjson`. A file of that name is replaced. Waits for the disk after each chunk, so
 * memory stays flat. Rejects with the file system's error, or a RangeError where the options are wrong.
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

async function writeSource(
  { header, lines }: GeneratedSource,
  outDir: string,
  onProgress: (progress: WriteProgress) => void,
): Promise<WrittenSource> {
  const source = header.source.id;
  const path = join(outDir, `${encodeURIComponent(source)}.ndjson`);
  const file = await open(path, 'w');
  try {
    let chunk = `${JSON.stringify(header)}\n`;
    let count = 0;
    for (const line of lines) {
      chunk += `${JSON.stringify(line)}\n`;
      count += 1;
      if (chunk.length < CHUNK) continue;
      await file.writeFile(chunk);
      chunk = '';
      onProgress({ source, lines: count, done: false });
    }
    await file.writeFile(chunk);
    onProgress({ source, lines: count, done: true });
    return { source, path, lines: count };
  } finally {
    await file.close();
  }
}
