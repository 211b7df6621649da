import { isLiveStatus, type Kind, STATUSES } from './kinds.js';
import type { Permission } from './levels.js';
import type { Millis } from './time.js';

/**
 * Claims (what each source says) and state (what follows from all claims) are kept apart. The functions below derive the
 * state, which does not depend on the order in which claims came (semantics, section 7).
 */

/** The number of a source in one store. {@link CASES} is that of Tendril's own cases. */
export type SourceNumber = number;

/** The source number of claims that cases make when they end and provision things. */
export const CASES: SourceNumber = 0;

/** The claim of the one source that owns an entity. */
export interface EntityClaim {
  /** false: the entity was missing from a full snapshot, or was reported as ended. */
  readonly present: boolean;
  readonly status: string;
  /** `syncedAt` of the snapshot with this claim; the later claim of a source holds. */
  readonly reportedAt: Millis;
  /**
   * true: it is missing from a full snapshot that could not read it, and was kept. `reportedAt` is then when the source
   * last showed it, and no full snapshot since has confirmed it.
   */
  readonly unconfirmed?: true;
}

/** What a case set on an entity, and when it acted. */
export interface EntityOverlay {
  readonly status: string;
  readonly at: Millis;
  readonly case: string;
}

/**
 * Derives the status of an entity. What a case set holds until a later snapshot of the source says otherwise (semantics,
 * section 5, after the case). A secret that is present may still need rotation: where a case found that it does, it does
 * until a rotation is known, by the case or by the source's `rotatedAt`.
 */
export function deriveStatus(
  kind: Kind,
  claim: EntityClaim,
  overlay: EntityOverlay | null,
  rotatedAt: unknown = null,
): string {
  const claimed = claim.present || !isLiveStatus(kind, claim.status) ? claim.status : STATUSES[kind].ended;
  if (overlay === null) return claimed;
  const isRotated = typeof rotatedAt === 'number' && rotatedAt > overlay.at;
  const waits = overlay.status === 'ROTATION_REQUIRED' && isLiveStatus(kind, claimed) && !isRotated;
  return claim.reportedAt > overlay.at && !waits ? claimed : overlay.status;
}

/** The properties of a relationship that a source may report; null: it does not say. */
export interface RelationshipProperties {
  readonly needs: Permission | null;
  readonly required: boolean;
  readonly access: boolean;
  /** Whether one end ends by itself with the other (`sustainer` in the relationship table). */
  readonly sustains: boolean;
  readonly how: string | null;
  readonly lastReadAt: Millis | null;
  readonly scopes: readonly string[];
  /** Where it is documented; where a case ended it, the id of the case. */
  readonly evidence: string | null;
}

/** The claim of one source, or of the cases, about one relationship. */
export interface RelationshipClaim extends RelationshipProperties {
  readonly source: SourceNumber;
  readonly open: boolean;
  readonly reportedAt: Millis;
  /** When it began, as the source says; else the `syncedAt` of the first snapshot with it. */
  readonly startedAt: Millis;
  /** Whether the source itself gave `startedAt`: only then does an export repeat it. */
  readonly startedByWord: boolean;
}

/** The state of a relationship that follows from all its claims. */
export interface RelationshipState extends RelationshipProperties {
  readonly open: boolean;
  readonly startedAt: Millis;
  readonly endedAt: Millis | null;
}

/**
 * Derives the state of a relationship. It is open while a claim says so that no case has ended since. Where open claims
 * differ, the stronger property holds. `claims` is not empty; its order does not matter.
 */
export function deriveRelationship(claims: readonly RelationshipClaim[]): RelationshipState {
  const ending = claims.find((claim) => claim.source === CASES && !claim.open);
  const standing = claims
    .filter((claim) => claim.open && (ending === undefined || claim.reportedAt > ending.reportedAt))
    .sort((a, b) => a.source - b.source);
  const open = standing.length > 0;
  const telling = open ? standing : [latest(claims)];
  return {
    open,
    startedAt: Math.min(...(open ? standing : claims).map((claim) => claim.startedAt)),
    endedAt: open ? null : Math.max(...claims.map((claim) => claim.reportedAt)),
    needs: lowest(telling.map((claim) => claim.needs)),
    required: telling.some((claim) => claim.required),
    access: telling.some((claim) => claim.access),
    // Claims that were kept before sources could say so do not have it.
    sustains: telling.some((claim) => claim.sustains === true),
    how: first(telling.map((claim) => claim.how)),
    lastReadAt: maximum(telling.map((claim) => claim.lastReadAt)),
    scopes: [...new Set(telling.flatMap((claim) => claim.scopes))],
    evidence: first(telling.map((claim) => claim.evidence)),
  };
}

/** The latest claim; among equals, that of the source with the smallest number. */
function latest(claims: readonly RelationshipClaim[]): RelationshipClaim {
  return [...claims].sort((a, b) => b.reportedAt - a.reportedAt || a.source - b.source)[0]!;
}

const STRENGTH: readonly Permission[] = ['READ', 'WRITE', 'ADMIN'];

function lowest(needs: readonly (Permission | null)[]): Permission | null {
  return STRENGTH.find((permission) => needs.includes(permission)) ?? null;
}

function first<T>(values: readonly (T | null)[]): T | null {
  return values.find((value) => value !== null) ?? null;
}

function maximum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.max(...known);
}
