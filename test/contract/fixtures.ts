import type { AuditFact } from '../../src/model/audit.js';
import type { RelationshipClaim } from '../../src/model/claims.js';
import type { SourceRecord } from '../../src/model/entity.js';
import type { RelationshipType } from '../../src/model/relationships.js';
import type { Head } from '../../src/model/revision.js';
import type { Draft, EntityWrite, RelationshipWrite } from '../../src/store/draft.js';
import type { EntityQuery } from '../../src/store/queries.js';
import type { Store } from '../../src/store/store.js';

/** A store that begins empty, and other ways into the same place. */
export interface Opened {
  readonly store: Store;
  /** Closes `store` and opens the same place again. */
  reopen(): Promise<Store>;
  /** Another handle on the same place, beside `store`, as another process would have it. */
  openSecond(): Promise<Store>;
  /** Closes every handle and leaves nothing behind. */
  dispose(): Promise<void>;
}

export type Open = () => Promise<Opened>;

/** Runs a test on a store of its own. */
export function on(open: Open, work: (opened: Opened) => Promise<void>): () => Promise<void> {
  return async () => {
    const opened = await open();
    try {
      await work(opened);
    } finally {
      await opened.dispose();
    }
  };
}

/** A moment that tests count from. */
export const T0 = Date.UTC(2026, 0, 1);
export const DAY = 86_400_000;

export function sourceOf(over: Partial<SourceRecord> & { id: string }): Omit<SourceRecord, 'number'> {
  return {
    vendor: null,
    name: null,
    actuation: 'MANUAL',
    reports: [],
    couldNotRead: [],
    syncedAt: T0,
    fullSyncedAt: null,
    ...over,
  };
}

export function entityOf(over: Partial<EntityWrite> & { number: number; id: string }): EntityWrite {
  const status = over.status ?? 'ACTIVE';
  return {
    kind: 'Human',
    name: over.id,
    status,
    source: 1,
    externalId: null,
    createdAt: null,
    lastUsedAt: null,
    firstSeenAt: T0,
    properties: {},
    attributes: {},
    claim: { present: true, status, reportedAt: T0 },
    overlay: null,
    ...over,
  };
}

export function claimOf(over: Partial<RelationshipClaim> = {}): RelationshipClaim {
  return {
    source: 1,
    open: true,
    reportedAt: T0,
    startedAt: T0,
    startedByWord: false,
    needs: null,
    required: true,
    access: true,
    sustains: false,
    how: null,
    lastReadAt: null,
    scopes: [],
    evidence: null,
    ...over,
  };
}

export function linkOf(
  type: RelationshipType,
  from: number,
  to: number,
  ...claims: readonly RelationshipClaim[]
): RelationshipWrite {
  return { type, from, to, permission: null, claims: claims.length > 0 ? claims : [claimOf()] };
}

export function factOf(type: string, over: Partial<AuditFact> = {}): AuditFact {
  return {
    type,
    actor: { subject: 'ada', signedInBy: 'os-user', requestId: null },
    reason: null,
    case: null,
    entity: null,
    before: null,
    after: null,
    ...over,
  };
}

/** One commit. */
export async function commit(
  store: Store,
  work: (draft: Draft) => Promise<unknown>,
  { now = T0, facts = [] }: { now?: number; facts?: readonly AuditFact[] } = {},
): Promise<Head> {
  const draft = await store.write({ now });
  try {
    await work(draft);
    return await draft.commit(facts);
  } finally {
    await draft.abort();
  }
}

/** Enters entities by id, of the source `hr`; gives their numbers. */
export async function putNew(
  draft: Draft,
  ids: readonly string[],
  over: Partial<EntityWrite> = {},
): Promise<number[]> {
  const source = await draft.putSource(sourceOf({ id: 'hr' }));
  const numbers = await draft.assignNumbers(ids);
  await draft.putEntities(
    ids.map((id, at) => entityOf({ source, ...over, id, number: numbers[at] as number })),
  );
  return numbers;
}

/** All entities, in order of id. */
export const EVERYTHING: EntityQuery = { now: T0, order: { field: 'ID', direction: 'ASC' }, limit: 1000 };

export async function collect<T>(batches: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const batch of batches) all.push(batch);
  return all;
}
