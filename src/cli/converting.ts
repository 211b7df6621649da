import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { convertAwsIam } from '../client/local/convert.js';
import { readConfig } from '../config.js';
import { badInput } from '../model/errors.js';
import { shellWord } from '../model/shell-word.js';
import type { SnapshotDocument } from '../model/snapshot.js';
import { formatTime, type Millis } from '../model/time.js';
import { type Context, printJson, printLines } from './context.js';
import { mergeSimilar } from './merge-similar.js';
import { UsageError } from './usage-error.js';

const STDIN = '-';

/**
 * Converts one file and hands the snapshot to stdout, or to a file that is there whole or not at all.
 *
 * @throws BAD_INPUT where the file is not what it should be
 */
export async function convertFile(
  context: Context,
  file: string,
  { out, syncedAt }: { readonly out?: string; readonly syncedAt?: Millis },
): Promise<void> {
  const { clock } = readConfig(context.environment);
  const at = syncedAt ?? clock ?? (file === STDIN ? Date.now() : Math.floor((await stat(file)).mtimeMs));
  const input = parse(file, await read(file));
  const { document, incomplete } = await convertAwsIam(input, { syncedAt: formatTime(at) });
  const json = `${JSON.stringify(document, null, 2)}\n`;
  if (out === undefined) context.print(json);
  else {
    await writeWhole(out, json);
    tellOf(context, out, document, incomplete);
  }
  for (const sentence of mergeSimilar(incomplete)) context.note(`Incomplete: ${sentence}`);
}

/** Where the snapshot is, what is in it, and what to do with it. */
function tellOf(
  context: Context,
  file: string,
  { entities = [], relationships = [] }: SnapshotDocument,
  incomplete: readonly string[],
): void {
  const counts = { entities: entities.length, relationships: relationships.length };
  if (context.json) {
    printJson(context, { file, ...counts, incomplete });
    return;
  }
  printLines(context, [
    `Wrote ${file}: ${counts.entities} entities, ${counts.relationships} relationships.`,
    `Next: tendril import ${shellWord(file)}`,
  ]);
}

async function read(file: string): Promise<string> {
  if (file !== STDIN) return readFile(file, 'utf8');
  if (!process.stdin.isTTY) return text(process.stdin);
  throw new UsageError('- reads standard input, and that is a terminal; pipe the file in, or name it.');
}

function parse(file: string, json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    const name = file === STDIN ? 'Standard input' : file;
    throw badInput(
      `${name} is not JSON; give what \`aws iam get-account-authorization-details\` printed, whole.`,
    );
  }
}

/** Writes to another file and renames it: a reader never sees half of the content. */
async function writeWhole(path: string, content: string): Promise<void> {
  const beside = `${path}.${randomUUID()}`;
  try {
    await writeFile(beside, content, { flag: 'wx' });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    // The caller knows the name they gave, not the one beside it.
    throw Object.assign(error as Error, { path });
  }
}
