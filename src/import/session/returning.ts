import { WITHDRAWING_EVENTS } from '../../model/audit.js';
import { CASES } from '../../model/claims.js';
import type { EntityRecord, RelationshipKey, RelationshipRecord } from '../../model/entity.js';
import type { Revision } from '../../model/revision.js';
import { MAX_PAGE } from '../../store/queries.js';
import type { Store } from '../../store/store.js';

/**
 * What cases did to things that were taken out of the state with their source or an import, and that an import brings
 * back. What a source claims and what cases have ended are kept apart (semantics, section 7), so that the second holds
 * still.
 */
export class Returning {
  private before: Promise<readonly Revision[]> | undefined;

  constructor(private readonly store: Store) {}

  /** By id, the entities that a case had acted on when they were last known. */
  async entities(ids: readonly string[]): Promise<ReadonlyMap<string, EntityRecord>> {
    const found = new Map<string, EntityRecord>();
    let left = [...ids];
    for (const revision of await this.revisions()) {
      if (left.length === 0) break;
      const records = await this.store.entities(left, revision);
      for (const record of records) if (record !== undefined) found.set(record.id, record);
      left = left.filter((id) => !found.has(id));
    }
    return new Map([...found].filter(([, { overlay }]) => overlay !== null));
  }

  /** Relationships with nothing but what cases claimed of them when they were last known; undefined where that is nothing. */
  async relationships(keys: readonly RelationshipKey[]): Promise<(RelationshipRecord | undefined)[]> {
    const found: (RelationshipRecord | undefined)[] = keys.map(() => undefined);
    for (const revision of await this.revisions()) {
      const left = keys.flatMap((_, at) => (found[at] === undefined ? [at] : []));
      if (left.length === 0) break;
      const records = await this.store.relationships(
        left.map((at) => keys[at]!),
        revision,
      );
      records.forEach((record, place) => {
        found[left[place]!] = record;
      });
    }
    return found.map((record) => {
      const claims = record?.claims.filter(({ source }) => source === CASES) ?? [];
      return record === undefined || claims.length === 0 ? undefined : { ...record, claims };
    });
  }

  /** The revisions before rows were withdrawn, the newest first. */
  private revisions(): Promise<readonly Revision[]> {
    this.before ??= this.store.journal
      .auditEvents({ types: WITHDRAWING_EVENTS, descending: true, limit: MAX_PAGE })
      .then((events) => [...new Set(events.map(({ revision }) => revision - 1))]);
    return this.before;
  }
}
