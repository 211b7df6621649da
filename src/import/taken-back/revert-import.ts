import { type AuditEvent, WITHDRAWING_EVENTS } from '../../model/audit.js';
import { conflict, notFound, type TendrilError } from '../../model/errors.js';
import type { Revision } from '../../model/revision.js';
import type { Journal } from '../../store/journal.js';
import { MAX_PAGE } from '../../store/queries.js';
import type { Store } from '../../store/store.js';
import { takeBack } from './commit.js';
import type { Earlier } from './take-back.js';
import type { TakeBackOptions, TakenBack } from './types.js';

const TYPES = ['SNAPSHOT_IMPORTED', ...WITHDRAWING_EVENTS];

/**
 * Takes back one import, which is all files of one commit: the claims of its sources are those of the import before
 * (semantics, section 7). What other sources said since, and what cases did, stays. Only the last import of a source can
 * be taken back, for later ones say what holds now; after that, the one before it.
 *
 * @param revision the revision that the import made
 * @throws NOT_FOUND where the revision is no import; CONFLICT where there are later imports of the source, where it was
 *   taken back already, and where an open case would change, unless forced
 */
export function revertImport(store: Store, revision: Revision, options: TakeBackOptions): Promise<TakenBack> {
  return takeBack(store, options, async (draft) => {
    const sources = await sourcesImportedAt(store.journal, revision);
    const before = await store.sources(revision - 1);
    const earlier: Earlier[] = [];
    for (const id of sources) {
      const source = await draft.source(id);
      if (source === undefined) throw removed(id);
      const known = before.find((one) => one.id === id);
      earlier.push({ source, earlier: known, at: known === undefined ? 0 : revision - 1 });
    }
    return { earlier, said: { type: 'IMPORT_REVERTED', after: { revision, sources: [...sources] } } };
  });
}

/** The sources of the import at a revision, which are not imported again since. */
async function sourcesImportedAt(journal: Journal, revision: Revision): Promise<readonly string[]> {
  const later = new Map<string, Revision>();
  const reverted = new Map<Revision, Revision>();
  for await (const event of newestFirst(journal)) {
    if (event.revision < revision) break;
    const { type, after } = event;
    if (type === 'IMPORT_REVERTED') reverted.set(after?.revision as Revision, event.revision);
    // What was imported before a source was removed is not there any more.
    else if (type === 'SOURCE_REMOVED') later.set(String(after?.source), event.revision);
    else if (event.revision > revision && !reverted.has(event.revision) && !later.has(String(after?.source)))
      later.set(String(after?.source), event.revision);
    else if (event.revision === revision) return importsAt(journal, event, { later, reverted });
  }
  throw notFound(
    `Revision ${revision} is no import. \`tendril audit export\` lists the imports: events of the type SNAPSHOT_IMPORTED.`,
  );
}

async function importsAt(
  journal: Journal,
  { revision, seq }: AuditEvent,
  { later, reverted }: { later: ReadonlyMap<string, Revision>; reverted: ReadonlyMap<Revision, Revision> },
): Promise<readonly string[]> {
  const by = reverted.get(revision);
  if (by !== undefined)
    throw conflict(`The import of revision ${revision} was taken back in revision ${by} already.`);
  const sources: string[] = [];
  // The events of one commit follow one another.
  const events = await journal.auditEvents({
    types: TYPES,
    before: seq + 1,
    descending: true,
    limit: MAX_PAGE,
  });
  for (const event of events) if (event.revision === revision) sources.push(String(event.after?.source));
  for (const source of sources) {
    const next = later.get(source);
    if (next === undefined) continue;
    throw conflict(
      `The source ${source} was imported again or removed in revision ${next}, and that is what holds now. Take that ` +
        'back first, if it is an import.',
      { revision: next },
    );
  }
  return sources;
}

async function* newestFirst(journal: Journal): AsyncGenerator<AuditEvent> {
  let before: number | undefined;
  for (;;) {
    const page = await journal.auditEvents({
      types: TYPES,
      descending: true,
      limit: MAX_PAGE,
      ...(before === undefined ? {} : { before }),
    });
    yield* page;
    before = page.at(-1)?.seq;
    if (page.length < MAX_PAGE) return;
  }
}

const removed = (id: string): TendrilError =>
  conflict(`The source ${id} is not there any more: it was removed, or its first import was taken back.`);
