import { deriveStatus } from '../../model/claims.js';
import type { EntityRecord } from '../../model/entity.js';
import { STATUSES, type Status } from '../../model/kinds.js';
import { PROPERTIES } from '../../model/properties.js';
import type { Draft, EntityWrite } from '../../store/draft.js';
import type { Change, NewEntity } from '../plan/change.js';
import type { Applied, Applying } from './applied.js';
import { applyToRelationships } from './apply-to-relationships.js';

/**
 * Makes the changes of an action in a draft. What is already so is left as it is, so that the same changes twice
 * are the changes once. Only what came to be otherwise is given back.
 *
 * What a case sets is kept beside what sources claim (`model/claims.ts`), and holds until a source is read later.
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

/** Makes an entity in the source it is provisioned in; one that is there already only learns what it is called. */
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
      // Until its source reports it, it is there by the word of the case alone: the overlay says so to import.
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

/** Sets statuses as the case's own word; a status that a thing has already is not said again. */
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

/** An entity with a status that a case set on it, and properties that came with that. */
export function withStatus(
  record: EntityRecord,
  status: Status,
  how: Applying,
  properties: Readonly<Record<string, unknown>> = {},
): EntityWrite {
  // A source whose clock is ahead of ours has not read what comes only now.
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
