import { deriveStatus } from '../../model/claims.js';
import type { EntityRecord } from '../../model/entity.js';
import { STATUSES, type Status } from '../../model/kinds.js';
import { PROPERTIES } from '../../model/properties.js';
import type { Draft, EntityWrite } from '../../store/draft.js';
import type { Change, NewEntity } from '../plan/change.js';
import type { Applied, Applying } from './applied.js';
import { applyToRelationships } from './apply-to-relationships.js';

/**
 * Makes the changes of an action in a draft. It is idempotent: a change that is already true is skipped, and only
 * changes that were made are returned.
 *
 * What a case sets is kept beside what sources claim (`model/claims.ts`). It holds until a later import of the source.
 */
export async function applyChanges(
  draft: Draft,
  changes: readonly Change[],
  how: Applying,
): Promise<Applied[]> {
  const applied: Applied[] = [];
  for (const change of changes)
    if (change.change === 'CREATE') applied.push(...(await create(draft, change.entity, how)));
  const statuses = changes.filter((change) => change.change === 'SET_STATUS');
  applied.push(
    ...(await setStatuses(draft, new Map(statuses.map(({ entity, status }) => [entity, status])), how)),
  );
  const relationships = changes.filter((change) => change.change === 'OPEN' || change.change === 'END');
  applied.push(...(await applyToRelationships(draft, relationships, how)));
  return applied;
}

/** Creates an entity in the source in which it is provisioned. One that exists already only gets its external id. */
async function create(draft: Draft, made: NewEntity, how: Applying): Promise<Applied[]> {
  const [known] = await recordsOf(draft, [made.id]);
  if (known !== undefined) {
    if (known.externalId !== null || how.externalId === null) return [];
    await draft.putEntities([{ ...rewritable(known), externalId: how.externalId }]);
    return [{ what: { entity: made.id, field: 'externalId' }, before: null, after: how.externalId }];
  }
  const source = await draft.source(made.source);
  if (source === undefined) throw new Error(`The source ${made.source} of ${made.id} is not there.`);
  const [number] = await draft.assignNumbers([made.id]);
  const status = STATUSES[made.kind].live[0] as Status;
  await draft.putEntities([
    {
      number: number as number,
      id: made.id,
      kind: made.kind,
      name: made.name,
      status,
      source: source.number,
      externalId: how.externalId,
      createdAt: how.at,
      lastUsedAt: null,
      firstSeenAt: how.at,
      properties: { ...defaultsOf(made), ...made.properties },
      attributes: {},
      // Until the source reports it, only the case says that it exists. The overlay tells imports so.
      claim: { present: true, status, reportedAt: how.at },
      overlay: { status, at: how.at, case: how.case },
    },
  ]);
  return [{ what: { entity: made.id, kind: made.kind }, before: null, after: status }];
}

function defaultsOf({ kind }: NewEntity): Record<string, unknown> {
  const rules = Object.entries(PROPERTIES[kind]).filter(([, rule]) => rule.default !== undefined);
  return Object.fromEntries(rules.map(([name, rule]) => [name, rule.default]));
}

/** Sets statuses as claims of the case. A status that an entity has already is not set again. */
async function setStatuses(
  draft: Draft,
  statuses: ReadonlyMap<string, Status>,
  how: Applying,
): Promise<Applied[]> {
  if (statuses.size === 0) return [];
  const ids = [...statuses.keys()];
  const applied: Applied[] = [];
  const writes: EntityWrite[] = [];
  for (const [position, record] of (await recordsOf(draft, ids)).entries()) {
    const id = ids[position] as string;
    const status = statuses.get(id) as Status;
    if (record === undefined) throw new Error(`${id} is not there, and cannot become ${status}.`);
    if (record.status === status) continue;
    writes.push(withStatus(record, status, how));
    applied.push({ what: { entity: id }, before: record.status, after: status });
  }
  await draft.putEntities(writes);
  return applied;
}

/** An entity with a status that a case set, and with properties that are set along with it. */
export function withStatus(
  record: EntityRecord,
  status: Status,
  how: Applying,
  properties: Readonly<Record<string, unknown>> = {},
): EntityWrite {
  // A source whose clock is ahead of ours cannot have seen a change that is made only now.
  const overlay = { status, at: Math.max(how.at, record.claim.reportedAt), case: how.case };
  return {
    ...rewritable(record),
    overlay,
    status: deriveStatus(record.kind, record.claim, overlay),
    properties: { ...record.properties, ...properties },
  };
}

/** Entities by id, as the draft sees them. */
export async function recordsOf(draft: Draft, ids: readonly string[]): Promise<(EntityRecord | undefined)[]> {
  return draft.entities(await draft.numbersOf(ids));
}

function rewritable(record: EntityRecord): EntityWrite {
  const { lastSeenAt: _, ...rest } = record;
  return rest;
}
