import { WITHDRAWING_EVENTS } from '../../model/audit.js';
import type { EntityRecord, SourceRecord } from '../../model/entity.js';
import type { Revision } from '../../model/revision.js';
import type { Store } from '../../store/store.js';

/** How many of these events are looked at, the newest first. */
const MOST = 100;

/**
 * Entities as they were last known, at a revision or before it: a case goes on naming what was taken out of the state
 * when its source was removed or an import taken back. Undefined where none ever had the id.
 */
export async function lastKnown(
  store: Pick<Store, 'entities' | 'journal'>,
  ids: readonly string[],
  at: Revision,
): Promise<(EntityRecord | undefined)[]> {
  const found = new Map<string, EntityRecord>();
  const look = async (revision: Revision) => {
    const missing = ids.filter((id) => !found.has(id));
    if (missing.length === 0) return;
    for (const record of await store.entities(missing, revision)) {
      if (record !== undefined) found.set(record.id, record);
    }
  };
  await look(at);
  if (found.size < new Set(ids).size) {
    const events = await store.journal.auditEvents({
      types: WITHDRAWING_EVENTS,
      descending: true,
      limit: MOST,
    });
    for (const { revision } of events) if (revision <= at) await look(revision - 1);
  }
  return ids.map((id) => found.get(id));
}

/** A source as it was last known, by its number, as {@link lastKnown}. */
export async function lastKnownSource(
  store: Pick<Store, 'sources' | 'journal'>,
  number: number,
  at: Revision,
): Promise<SourceRecord | undefined> {
  const events = await store.journal.auditEvents({
    types: WITHDRAWING_EVENTS,
    descending: true,
    limit: MOST,
  });
  for (const { revision } of events) {
    if (revision > at) continue;
    const found = (await store.sources(revision - 1)).find((source) => source.number === number);
    if (found !== undefined) return found;
  }
  return undefined;
}
