import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Conversion } from '../client/local/convert.js';
import { readConfig } from '../config.js';
import { badInput } from '../model/errors.js';
import { shellWord } from '../model/shell-word.js';
import type { SnapshotEntity, SnapshotLine, SnapshotRelationship } from '../model/snapshot.js';
import { formatTime, type Millis } from '../model/time.js';
import { type Context, printJson, printLines } from './context.js';
import { mergeSimilar } from './merge-similar.js';
import { UsageError } from './usage-error.js';

const STDIN = '-';

/** What every format of `convert` has. */
export interface ConvertOptions {
  readonly out?: string;
  readonly syncedAt?: Millis;
}

/** How many lines of a snapshot are written at once. */
const LINES_AT_ONCE = 5_000;

/**
 * Hands a snapshot to stdout, or to a file that is there whole or not at all, and what it could not know to stderr. It
 * is NDJSON, and one JSON document where the file is named `.json`.
 */
export async function handOver(
  context: Context,
  { document, notes }: Conversion,
  { out }: ConvertOptions,
): Promise<void> {
  const { couldNotRead = [] } = document;
  if (out === undefined) for (const piece of linesOf(document)) context.print(piece);
  else {
    const isDocument = out.endsWith('.json');
    await writeWhole(out, isDocument ? [`${JSON.stringify(document, null, 2)}\n`] : linesOf(document));
    const counts = {
      entities: document.entities.length,
      relationships: document.relationships.length,
    };
    if (context.json) printJson(context, { file: out, ...counts, couldNotRead, notes });
    else {
      printLines(context, [
        `Wrote ${out}: ${counts.entities} entities, ${counts.relationships} relationships.`,
        `Next: tendril import ${shellWord(out)}`,
      ]);
    }
  }
  const unknown = new Set(
    couldNotRead.map(({ account, because }) => (account ? `${account}: ${because}` : because)),
  );
  for (const sentence of mergeSimilar([...unknown])) context.note(`Not known: ${sentence}`);
  for (const sentence of mergeSimilar(notes)) context.note(`Note: ${sentence}`);
}

/** The NDJSON form: the header, then one item a line, some thousand lines at once. */
function* linesOf({ entities, relationships, ...header }: Conversion['document']): Generator<string> {
  let piece = `${JSON.stringify(header)}\n`;
  let count = 1;
  for (const item of itemsOf(entities, relationships)) {
    piece += `${JSON.stringify(item)}\n`;
    count += 1;
    if (count % LINES_AT_ONCE > 0) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

function* itemsOf(
  entities: readonly SnapshotEntity[],
  relationships: readonly SnapshotRelationship[],
): Generator<SnapshotLine> {
  for (const entity of entities) yield { entity };
  for (const relationship of relationships) yield { relationship };
}

/** When the files were read at their source: as given, else when the newest of them was last changed. */
export async function syncedAtOf(
  context: Context,
  files: readonly string[],
  { syncedAt }: ConvertOptions,
): Promise<string> {
  const { clock } = readConfig(context.environment);
  const given = syncedAt ?? clock ?? undefined;
  if (given !== undefined) return formatTime(given);
  const times = files.map(async (file) =>
    file === STDIN ? Date.now() : Math.floor((await stat(file)).mtimeMs),
  );
  return formatTime(Math.max(...(await Promise.all(times))));
}

/** The pieces of a file, or of standard input. */
export function piecesOf(file: string): AsyncIterable<string> {
  return file === STDIN ? standardInput() : createReadStream(file, { encoding: 'utf8' });
}

function standardInput(): AsyncIterable<string> {
  if (!process.stdin.isTTY) return process.stdin.setEncoding('utf8');
  throw new UsageError('- reads standard input, and that is a terminal; pipe the file in, or name it.');
}

/** The whole text of a file, or of standard input. */
export async function textOf(file: string): Promise<string> {
  return file === STDIN ? text(standardInput()) : readFile(file, 'utf8');
}

/** JSON, where it has to be `what`. @throws BAD_INPUT where it is none */
export function parseJson(file: string, json: string, what: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw badInput(`${file === STDIN ? 'Standard input' : file} is not JSON; give ${what}.`);
  }
}

/** Writes to another file and renames it: a reader never sees half of the content. */
async function writeWhole(path: string, pieces: Iterable<string>): Promise<void> {
  const beside = `${path}.${randomUUID()}`;
  try {
    const file = await open(beside, 'wx');
    try {
      for (const piece of pieces) await file.writeFile(piece);
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    // The caller knows the name they gave, not the one beside it.
    throw Object.assign(error as Error, { path });
  }
}
