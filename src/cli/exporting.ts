import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ExportedGraph, ExportedSource } from '../client/client.js';
import type { Millis } from '../model/time.js';
import { connect } from './connect.js';
import { type Context, printJson, printLines } from './context.js';
import { UsageError } from './usage-error.js';

/** As a name of a file it is standard output. */
export const STDOUT = '-';

/** The options of `export`. */
export interface ExportFlags {
  readonly asOf?: Millis;
  readonly out?: string;
  readonly source?: string;
}

/**
 * Exports into a folder, or one source to stdout: a file holds one source, so several have no one place there.
 *
 * @throws NOT_FOUND for a source that has nothing; UsageError where there are several and no folder
 */
export async function exportGraph(context: Context, { asOf, source, out }: ExportFlags): Promise<void> {
  await connect(
    context,
    async (client) => {
      const exported = await client.exportGraph({ asOf, source });
      if (out === undefined || out === STDOUT) await toStdout(context, exported);
      else await toFolder(context, exported, out);
    },
    { purpose: 'export' },
  );
}

async function toStdout(context: Context, { sources, snapshots }: ExportedGraph): Promise<void> {
  if (sources.length > 1) {
    throw new UsageError(
      `There are ${sources.length} sources (${sources.join(', ')}), and standard output holds one; give --out DIR, or --source with one of them.`,
    );
  }
  if (sources.length === 0) return context.note('There is nothing to export.');
  // Ended by its own end, stdout could not be written to any more.
  for await (const { bytes } of snapshots())
    await pipeline(Readable.from(bytes), process.stdout, { end: false });
}

async function toFolder(
  context: Context,
  { revision, snapshots }: ExportedGraph,
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  for await (const part of snapshots()) files.push(await writeWhole(part, folder));
  if (context.json) return printJson(context, { revision, files });
  if (files.length === 0) return context.note('There is nothing to export.');
  printLines(context, [
    ...files,
    `Exported revision ${revision}: ${files.length === 1 ? '1 file' : `${files.length} files`}.`,
  ]);
}

/** A file has its name once it is whole; of one that cannot be written nothing stays behind. @returns its path */
async function writeWhole({ source, bytes }: ExportedSource, folder: string): Promise<string> {
  const path = join(folder, `${encodeURIComponent(source)}.ndjson`);
  const part = `${path}.part`;
  try {
    await pipeline(Readable.from(bytes), createWriteStream(part));
    await rename(part, path);
    return path;
  } catch (error) {
    await rm(part, { force: true });
    throw ofSystem(error) ? Object.assign(error, { path }) : error;
  }
}

/** An error of the operating system; a full disk names no path, and of others the caller knows another name. */
function ofSystem(error: unknown): error is object {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}
