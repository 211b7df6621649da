import type { Kind } from '../../src/model/kinds.js';
import type { Permission } from '../../src/model/levels.js';
import type {
  SnapshotDocument,
  SnapshotEnd,
  SnapshotEntity,
  SnapshotRelationship,
} from '../../src/model/snapshot.js';
import type { PlainEntity, PlainGraph, PlainRelationship } from './plain-graph.js';

/** The last status of each kind's row (semantics, section 1): what *ended* means. */
const ENDED: Readonly<Record<Kind, string>> = {
  Human: 'LEFT',
  Account: 'DISABLED',
  Group: 'RETIRED',
  ServiceIdentity: 'RETIRED',
  App: 'RETIRED',
  Grant: 'REVOKED',
  Token: 'REVOKED',
  Secret: 'REVOKED',
  Job: 'RETIRED',
  Resource: 'RETIRED',
};

type Claim = PlainRelationship & { readonly source: string };

/**
 * What a store holds after these documents were imported one after another.
 * At most one `full` document a source, and before the deltas of that source: nothing is swept here.
 */
export function plainGraphOf(documents: readonly SnapshotDocument[], now: number): PlainGraph {
  refuseSecondFull(documents);
  const reported = new Map<string, SnapshotEntity & { readonly source: string }>();
  for (const { source, entities } of documents) {
    for (const entity of entities) {
      const before = reported.get(entity.id);
      reported.set(entity.id, { ...before, ...entity, source: before?.source ?? source.id });
    }
  }
  const claims: Claim[] = [];
  for (const { source, relationships } of documents) {
    for (const relationship of relationships) {
      const claim = claimOf(relationship, source.id, reported);
      // A source has one claim for a key: what it says later replaces what it said.
      const earlier = claims.findIndex((other) => other.source === source.id && sameKey(other, claim));
      if (earlier >= 0) claims.splice(earlier, 1);
      claims.push(claim);
    }
  }
  const entities = [...reported.values()].map((entity) => [entity.id, plainEntity(entity)] as const);
  return { now, entities: new Map(entities), relationships: merge(claims) };
}

function refuseSecondFull(documents: readonly SnapshotDocument[]): void {
  documents.forEach((document, at) => {
    const said = documents.slice(0, at).some((earlier) => earlier.source.id === document.source.id);
    if (document.mode === 'full' && said)
      throw new Error(`a second snapshot of ${document.source.id} is full`);
  });
}

function plainEntity(entity: SnapshotEntity & { readonly source: string }): PlainEntity {
  const { id, kind, source } = entity;
  const status = entity.ended === true ? ENDED[kind] : (entity.status ?? 'ACTIVE');
  const own: Record<string, unknown> = {};
  if (kind === 'Account') own.managed = true;
  if (kind === 'ServiceIdentity') own.managed = false;
  if (kind === 'Resource') own.personal = false;
  if (kind === 'Token') own.selfContained = false;
  if (kind === 'App' || kind === 'Job') Object.assign(own, { criticality: 'UNKNOWN', approval: 'UNKNOWN' });
  const asTheyAre = ['family', 'managed', 'personal', 'sensitivity', 'consentType', 'grantType'];
  for (const name of [...asTheyAre, 'tokenType', 'selfContained', 'criticality', 'approval']) {
    if (entity[name] !== undefined && entity[name] !== null) own[name] = entity[name];
  }
  for (const name of ['expiresAt', 'lastUsedAt', 'lastRunAt']) {
    if (typeof entity[name] === 'string') own[name] = Date.parse(entity[name]);
  }
  return { ...own, id, kind, status, source };
}

function claimOf(
  relationship: SnapshotRelationship,
  source: string,
  entities: ReadonlyMap<string, SnapshotEntity>,
): Claim {
  return {
    source,
    type: relationship.type,
    from: resolve(relationship.from, entities),
    to: resolve(relationship.to, entities),
    open: relationship.ended !== true,
    permission: relationship.permission ?? 'READ',
    needs: relationship.needs ?? 'WRITE',
    required: relationship.required ?? true,
    access: relationship.access ?? true,
    sustains: relationship.sustains ?? false,
  };
}

function resolve(end: SnapshotEnd, entities: ReadonlyMap<string, SnapshotEntity>): string {
  const found = [...entities.values()].filter((entity) =>
    typeof end === 'string'
      ? entity.id === end
      : entity.kind === 'Human' && String(entity.email).toLowerCase() === end.humanEmail.toLowerCase(),
  );
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`a dangling end: ${JSON.stringify(end)}`);
  return only.id;
}

function sameKey(a: PlainRelationship, b: PlainRelationship): boolean {
  const samePermission = a.type !== 'CAN_ACCESS' || a.permission === b.permission;
  return a.type === b.type && a.from === b.from && a.to === b.to && samePermission;
}

/** One relationship a key: open while any claim is, and as strong as its strongest open claim. */
function merge(claims: readonly Claim[]): readonly PlainRelationship[] {
  const first = claims.filter((claim, at) => claims.findIndex((other) => sameKey(other, claim)) === at);
  return first.map(({ type, from, to, permission, ...claim }) => {
    const all = claims.filter((other) => sameKey(other, { type, from, to, permission, ...claim }));
    const open = all.some((other) => other.open);
    const counted = all.filter((other) => other.open === open);
    return {
      ...{ type, from, to, open, permission },
      needs: lowest(counted.map((other) => other.needs)),
      required: counted.some((other) => other.required),
      access: counted.some((other) => other.access),
      sustains: counted.some((other) => other.sustains),
    };
  });
}

function lowest(permissions: readonly Permission[]): Permission {
  if (permissions.includes('READ')) return 'READ';
  return permissions.includes('WRITE') ? 'WRITE' : 'ADMIN';
}

/** What each source says that it looks for: in its documents, or else the kinds and types that are in them. */
export function reportsOf(documents: readonly SnapshotDocument[]): ReadonlyMap<string, readonly string[]> {
  const reports = new Map<string, readonly string[]>();
  for (const { source, entities, relationships } of documents) {
    const inFile = [...entities.map(({ kind }) => kind), ...relationships.map(({ type }) => type)];
    reports.set(source.id, [...(reports.get(source.id) ?? []), ...(source.reports ?? inFile)]);
  }
  return reports;
}
