import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportSnapshots, exportTo, ndjsonOf, type SourceExport } from '../export/index.js';
import { notFound } from '../model/errors.js';
import type { Revision } from '../model/revision.js';
import type { Millis } from '../model/time.js';
import { type Context, printJson, printLines } from './context.js';
import { type Session, withSession } from './session.js';
import { UsageError } from './usage-error.js';

/** What is asked of an export. */
export interface Asked {
  readonly asOf?: Millis;
  readonly out?: string;
  readonly source?: string;
}

/**
 * Exports into a folder, or one source to stdout: a file holds one source, so several have no one place there.
 *
 * @throws NOT_FOUND for a source that has nothing; UsageError where there are several and no folder
 */
export async function exportGraph(context: Context, asked: Asked): Promise<void> {
  await withSession(context, { as: 'Query.entities' }, async (session) => {
    const { store } = session;
    const { revision } = asked.asOf === undefined ? await store.head() : await store.revisionAt(asked.asOf);
    if (asked.out === undefined) await toStdout(context, await parts(session, revision, asked));
    else await toFolder(context, session, revision, { ...asked, out: asked.out });
  });
}

/** What there is to export; its lines are read only when they are asked for. */
async function parts({ store }: Session, revision: Revision, { source }: Asked): Promise<SourceExport[]> {
  const found: SourceExport[] = [];
  for await (const part of exportSnapshots(store, revision, source)) found.push(part);
  if (source !== undefined && found.length === 0) {
    throw notFound(
      `There is nothing of a source ${source} in the store; \`tendril doctor\` lists the sources.`,
    );
  }
  return found;
}

async function toStdout(context: Context, found: readonly SourceExport[]): Promise<void> {
  const [only] = found;
  if (found.length > 1) {
    const ids = found.map((part) => part.source).join(', ');
    throw new UsageError(
      `There are ${found.length} sources (${ids}), and a file holds one; give --out DIR, or --source with one of them.`,
    );
  }
  if (only === undefined) return context.note('There is nothing to export.');
  // Ended by its own end, stdout could not be written to any more.
  await pipeline(Readable.from(ndjsonOf(only.lines)), process.stdout, { end: false });
}

async function toFolder(
  context: Context,
  session: Session,
  revision: Revision,
  asked: Asked & { readonly out: string },
): Promise<void> {
  await parts(session, revision, asked);
  const files = await exportTo(session.store, revision, asked.out, asked.source);
  if (context.json) return printJson(context, { revision: String(revision), files });
  if (files.length === 0) return context.note('There is nothing to export.');
  printLines(context, [
    ...files,
    `Exported revision ${revision}: ${files.length === 1 ? '1 file' : `${files.length} files`}.`,
  ]);
}
