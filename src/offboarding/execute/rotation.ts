import { isLiveStatus } from '../../model/kinds.js';
import { ruleOf, typeOfRole } from '../../model/relationships.js';
import { formatTime, type Millis } from '../../model/time.js';
import type { Draft } from '../../store/draft.js';
import { MAX_PAGE, type RelationshipPage } from '../../store/queries.js';
import type { Store } from '../../store/store.js';
import type { AnyDetails } from '../plan/action-details.js';
import type { Change } from '../plan/change.js';
import { type Action, revokesAtOnce, type UndoAction } from '../plan/plan.js';
import type { Applied, Applying } from './applied.js';
import { applyChanges, recordsOf, withStatus } from './apply-changes.js';

/** The part of a store that is needed to read what a secret stores. */
type Stored = Pick<Store, 'relationshipsOf'>;

/** Ids of tokens that a rotated secret stored. Its old value is useless only once all of them are dead. */
const mustDie = ({ details }: { readonly details: AnyDetails }): readonly string[] =>
  details.completeWhenDead ?? [];

/** Whether each of these is dead at a moment: not ACTIVE, or expired. */
async function areDead(draft: Draft, ids: readonly string[], at: Millis): Promise<boolean> {
  if (ids.length === 0) return true;
  const records = await recordsOf(draft, ids);
  return records.every((record) => {
    if (record === undefined || !isLiveStatus(record.kind, record.status)) return true;
    const { expiresAt } = record.properties;
    return typeof expiresAt === 'number' && expiresAt <= at;
  });
}

/**
 * Makes the changes of the rotation of a secret (semantics, section 5, phase 5). While a token that it stored still
 * works, people who know the old value can use it: the secret stays ROTATION_REQUIRED, and their knowledge stays. A
 * secret that stores nothing any more becomes REVOKED, which completes the rotation.
 */
export async function applyRotation(
  store: Stored,
  draft: Draft,
  action: Action | UndoAction,
  how: Applying,
): Promise<Applied[]> {
  const revokes = revokesAtOnce(action);
  if (revokes || (await areDead(draft, mustDie(action), how.at))) return complete(store, draft, action, how);
  const now = action.changes.filter((change) => !isKnowledge(change) && change.change !== 'SET_STATUS');
  const applied = await applyChanges(draft, now, how);
  return [...applied, ...(await needsRotationStill(draft, action.entity, how))];
}

/**
 * Completes a rotation that was done while tokens that the secret stored still worked.
 *
 * @returns what changed; nothing where a token still works, or where the secret needs no rotation any more
 */
export async function completeRotation(
  store: Stored,
  draft: Draft,
  action: Action | UndoAction,
  how: Applying,
): Promise<Applied[]> {
  const [record] = await recordsOf(draft, [action.entity]);
  const overlay = record?.overlay;
  // If the source has since reported that the secret has to be rotated, that is a new rotation and not this one.
  const isOurs = overlay?.case === how.case && overlay.status === 'ROTATION_REQUIRED';
  const waits = isOurs && record?.status === 'ROTATION_REQUIRED';
  if (!waits || !(await areDead(draft, mustDie(action), how.at))) return [];
  return complete(store, draft, action, how);
}

async function complete(
  store: Stored,
  draft: Draft,
  action: Action | UndoAction,
  how: Applying,
): Promise<Applied[]> {
  const { entity } = action;
  const changes = (await isEmptied(store, draft, action))
    ? [...action.changes, { change: 'SET_STATUS', entity, status: 'REVOKED' } as const]
    : action.changes;
  const applied = await applyChanges(draft, changes, how);
  const [record] = await recordsOf(draft, [entity]);
  if (record === undefined) return applied;
  // The claim of the case tells imports that people who read the secret before know an old value only.
  const status = isLiveStatus(record.kind, record.status) ? 'ACTIVE' : 'REVOKED';
  const write = withStatus(record, status, how, { rotatedAt: how.at });
  await draft.putEntities([write]);
  return [
    ...applied,
    ...(record.status === write.status
      ? []
      : [{ what: { entity }, before: record.status, after: write.status }]),
    {
      what: { entity, field: 'rotatedAt' },
      before: timeOf(record.properties.rotatedAt),
      after: formatTime(how.at),
    },
  ];
}

/**
 * Whether a unit stores nothing any more. The plan cannot tell: it expects that new tokens are written to the unit,
 * and those actions may have been waived.
 */
async function isEmptied(
  store: Stored,
  draft: Draft,
  { details }: { readonly details: AnyDetails },
): Promise<boolean> {
  const gone = new Set(mustDie({ details }));
  const { unit = [] } = details;
  if (gone.size === 0 || unit.length === 0) return false;
  const types = [typeOfRole('CUSTODY')];
  // Each dead token is listed at most once for a member, so a page of this length shows a living one if there is any.
  const limit = Math.min(gone.size + 1, MAX_PAGE);
  const queries = unit.map((id) => ({ id, direction: 'IN' as const, types, limit }));
  const pages = await store.relationshipsOf(queries, draft.base.revision);
  const holds = ({ relationships }: RelationshipPage) =>
    relationships.length === MAX_PAGE || relationships.some(({ fromId }) => !gone.has(fromId));
  return !pages.some(holds);
}

async function needsRotationStill(draft: Draft, entity: string, how: Applying): Promise<Applied[]> {
  const [record] = await recordsOf(draft, [entity]);
  if (record === undefined || !isLiveStatus(record.kind, record.status)) return [];
  const write = withStatus(record, 'ROTATION_REQUIRED', how);
  await draft.putEntities([write]);
  return record.status === write.status
    ? []
    : [{ what: { entity }, before: record.status, after: write.status }];
}

function isKnowledge(change: Change): boolean {
  return change.change === 'END' && ruleOf(change.relationship.type).role === 'KNOWLEDGE';
}

const timeOf = (value: unknown): string | null => (typeof value === 'number' ? formatTime(value) : null);
