import { LRUCache } from 'lru-cache';
import type { EntityRecord, RelationshipKey, RelationshipRecord } from '../../model/entity.js';
import { PERMISSIONS } from '../../model/levels.js';
import { RELATIONSHIP_TYPES, type RelationshipType } from '../../model/relationships.js';
import { codePermission, codeType, type GraphRows, type RelationshipColumns } from '../../model/rows.js';
import { identOf } from '../../store/relationship-code.js';
import type { Store } from '../../store/store.js';
import { type Limits, overLimit } from '../limits/limits.js';
import type { Moment } from '../operation/moment.js';
import { sorted } from '../paging/keyset.js';
import { compareEntity, compareRelationship, type Difference } from './compare.js';

/** An entity or a relationship that differs between two states. */
export type RowChange = Difference & {
  /** It is there in the earlier state only: it was taken back with its source or its import. */
  readonly isTakenBack: boolean;
} & (
    | { readonly entity: EntityRecord; readonly relationship: null }
    | { readonly entity: null; readonly relationship: RelationshipRecord }
  );

/** Records of one read of the store. */
const BATCH = 1000;
/** How many lists an instance keeps: the pages of one list are asked for one after the other. */
const KEPT = 4;

const kept = new WeakMap<Store, LRUCache<string, readonly RowChange[]>>();

/** In the order of the list: entities by id, then relationships by type and ends. */
export const ROW_KEYSET = {
  list: 'changes',
  keyOf: ({ entity, relationship }: RowChange) =>
    entity === null
      ? [1, relationship.type, relationship.fromId, relationship.toId, relationship.permission ?? '']
      : [0, entity.id, '', '', ''],
};

/**
 * Everything that differs between two states, in the order of {@link ROW_KEYSET}. What happens all the time, such as a
 * use, is no difference.
 *
 * @throws LIMIT_EXCEEDED where more rows differ than one answer may have
 */
export async function rowChanges(since: Moment, until: Moment, store: Store): Promise<readonly RowChange[]> {
  const lists = kept.get(store) ?? new LRUCache<string, readonly RowChange[]>({ max: KEPT });
  kept.set(store, lists);
  const key = `${since.revision}-${until.revision}`;
  const known = lists.get(key);
  if (known !== undefined) return known;
  const found = await compute(since, until);
  lists.set(key, found);
  return found;
}

async function compute(since: Moment, until: Moment): Promise<readonly RowChange[]> {
  const { numbers, keys } = await changedRows(since, until);
  const found: RowChange[] = [];
  const { store } = until.services;
  for (const some of batches(numbers)) {
    const [before, after] = await Promise.all([
      store.entitiesByNumber(some, since.revision),
      store.entitiesByNumber(some, until.revision),
    ]);
    some.forEach((_, at) => {
      const entity = after[at] ?? before[at];
      const difference = compareEntity(before[at], after[at]);
      if (entity && difference)
        found.push({ ...difference, isTakenBack: after[at] === undefined, entity, relationship: null });
    });
  }
  for (const some of batches(keys)) {
    const [before, after] = await Promise.all([
      store.relationships(some, since.revision),
      store.relationships(some, until.revision),
    ]);
    some.forEach((_, at) => {
      const relationship = after[at] ?? before[at];
      const difference = compareRelationship(before[at], after[at]);
      if (relationship && difference)
        found.push({ ...difference, isTakenBack: after[at] === undefined, entity: null, relationship });
    });
  }
  return sorted(found, ROW_KEYSET);
}

/** The rows that may differ, each once. */
interface Rows {
  readonly numbers: readonly number[];
  readonly keys: readonly RelationshipKey[];
}

async function changedRows(since: Moment, until: Moment): Promise<Rows> {
  const { limits, store } = until.services;
  const numbers = new Set<number>();
  const keys = new Map<string, RelationshipKey>();
  const take = async (rows: AsyncIterable<GraphRows>): Promise<boolean> => {
    let isAnew = false;
    for await (const { entities, relationships, anew } of rows) {
      isAnew ||= anew === true;
      for (const number of entities.entity.subarray(0, entities.count)) numbers.add(number);
      for (let at = 0; at < relationships.count; at += 1) {
        const key = keyAt(relationships, at);
        keys.set(`${key.from} ${identOf(key)} ${key.to}`, key);
      }
      requireFew(numbers.size + keys.size, limits);
    }
    return isAnew;
  };
  // What was withdrawn in between has no rows any more: only the earlier state has it.
  if (await take(store.scan(since.revision, until.revision))) await take(store.scan(0, since.revision));
  return { numbers: [...numbers], keys: [...keys.values()] };
}

function keyAt(relationships: RelationshipColumns, at: number): RelationshipKey {
  const code = relationships.code[at] as number;
  return {
    type: RELATIONSHIP_TYPES[codeType(code)] as RelationshipType,
    from: relationships.from[at] as number,
    to: relationships.to[at] as number,
    permission: PERMISSIONS[codePermission(code) - 1] ?? null,
  };
}

function requireFew(rows: number, limits: Limits): void {
  if (rows > limits.changedRows)
    throw overLimit('changedRows', limits, 'Ask about a shorter time, or a person.');
}

function* batches<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += BATCH) yield items.slice(at, at + BATCH);
}
