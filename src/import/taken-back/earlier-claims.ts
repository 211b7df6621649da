import { CASES, deriveStatus, type RelationshipClaim, type SourceNumber } from '../../model/claims.js';
import type { EntityRecord, RelationshipRecord } from '../../model/entity.js';
import { OWN_PREFIX } from '../../model/ids.js';
import type { EntityWrite, RelationshipWrite } from '../../store/draft.js';
import { keepRotation } from '../reconcile/entity.js';
import { sameJson } from '../reconcile/equal.js';

/** What becomes of a thing whose source says again what it said earlier: it stays, it is gone, or it is written. */
export type Restored<W> = 'SAME' | 'GONE' | W;

/**
 * An entity with the claim that its source had earlier. What cases did stays. What a case provisioned stays too, and is
 * ours where the source has gone.
 *
 * @param then its record at the earlier state; undefined: there was none
 * @param sourceGoes whether the source itself was not there
 */
export function entityBefore(
  now: EntityRecord,
  then: EntityRecord | undefined,
  sourceGoes: boolean,
): Restored<EntityWrite> {
  const { lastSeenAt: _, ...present } = now;
  if (then === undefined && now.id.startsWith(OWN_PREFIX))
    return sourceGoes ? { ...present, source: CASES } : 'SAME';
  if (then === undefined) return 'GONE';
  const { lastSeenAt: __, ...earlier } = then;
  const { overlay } = now;
  const properties = keepRotation(then.properties, now);
  const status = deriveStatus(then.kind, then.claim, overlay, properties.rotatedAt);
  const write: EntityWrite = { ...earlier, properties, overlay, status };
  return sameJson(write, present) ? 'SAME' : write;
}

/**
 * A relationship with the claim that a source had earlier, if any, and all other claims.
 *
 * @param then its record at the earlier state; undefined: there was none
 */
export function relationshipBefore(
  now: RelationshipRecord,
  then: Pick<RelationshipRecord, 'claims'> | undefined,
  source: SourceNumber,
): Restored<RelationshipWrite> {
  const earlier = then?.claims.filter((claim) => claim.source === source) ?? [];
  const others = now.claims.filter((claim) => claim.source !== source);
  // A report may have taken the place of what a case had claimed: without the report, that claim holds again.
  const ofCases = others.some((claim) => claim.source === CASES)
    ? []
    : (then?.claims.filter((claim) => claim.source === CASES) ?? []);
  const claims = [...earlier, ...others, ...ofCases].sort(bySource);
  if (claims.length === 0) return 'GONE';
  if (sameJson(claims, [...now.claims].sort(bySource))) return 'SAME';
  const { type, from, to, permission } = now;
  return { type, from, to, permission, claims };
}

const bySource = (a: RelationshipClaim, b: RelationshipClaim): number => a.source - b.source;
