import DataLoader from 'dataloader';
import type { EntityRecord, RelationshipKey, RelationshipRecord, SourceRecord } from '../../model/entity.js';
import type { RelationshipPage, RelationshipsOf } from '../../store/queries.js';
import type { Store } from '../../store/store.js';
import { lastKnown } from './last-known.js';

/** The part of the store that operations read. */
export type ReadStore = Pick<
  Store,
  | 'head'
  | 'revisionAt'
  | 'entities'
  | 'entitiesByNumber'
  | 'humansByEmail'
  | 'list'
  | 'relationshipsOf'
  | 'relationships'
  | 'sources'
  | 'journal'
>;

/**
 * Batched reads of one state: all rows that ask for something in the same turn share one call of the store, so that
 * the number of calls does not grow with the number of rows.
 */
export interface Loaders {
  readonly entity: DataLoader<string, EntityRecord | undefined>;
  /** As {@link entity}; what was taken out of the state is given as it was last known. */
  readonly entityEver: DataLoader<string, EntityRecord | undefined>;
  readonly entityByNumber: DataLoader<number, EntityRecord | undefined>;
  readonly relationship: DataLoader<RelationshipKey, RelationshipRecord | undefined, string>;
  readonly relationshipsOf: DataLoader<RelationshipsOf, RelationshipPage, string>;
  /** All sources, read once. */
  readonly sources: () => Promise<readonly SourceRecord[]>;
}

export function loaders(store: ReadStore, revision: number): Loaders {
  let sources: Promise<readonly SourceRecord[]> | undefined;
  return {
    entity: new DataLoader((ids: readonly string[]) => store.entities(ids, revision)),
    entityEver: new DataLoader((ids: readonly string[]) => lastKnown(store, ids, revision)),
    entityByNumber: new DataLoader((numbers: readonly number[]) => store.entitiesByNumber(numbers, revision)),
    relationship: new DataLoader((keys: readonly RelationshipKey[]) => store.relationships(keys, revision), {
      cacheKeyFn: (key) => `${key.type}|${key.from}|${key.to}|${key.permission}`,
    }),
    relationshipsOf: new DataLoader(
      (queries: readonly RelationshipsOf[]) => store.relationshipsOf(queries, revision),
      { cacheKeyFn: (query) => JSON.stringify(query) },
    ),
    sources: () => {
      sources ??= store.sources(revision);
      return sources;
    },
  };
}
