import { isLiveStatus, type Kind, STATUSES } from './kinds.js';
import type { Permission } from './levels.js';
import type { Millis } from './time.js';

/**
 * What each source says (claims) and what follows from it (state) are kept apart: the state is always
 * derived, by the functions below, whatever the order in which claims came (semantics, section 7).
 */

/** Number of a source in one store; {@link CASES} stands for what Tendril's own cases did. */
export type SourceNumber = number;

/** The claimant under which cases end and provision things. */
export const CASES: SourceNumber = 0;

/** What the one source that owns an entity says of it. */
export interface EntityClaim {
  /** false: missing from a full snapshot, or reported as ended. */
  readonly present: boolean;
  readonly status: string;
  /** `syncedAt` of the snapshot that said so; the later claim of a source wins. */
  readonly reportedAt: Millis;
}

/** What a case set on an entity, and when it acted. */
export interface EntityOverlay {
  readonly status: string;
  readonly at: Millis;
  readonly case: string;
}

/**
 * The status of an entity: what a case did holds until its source is read later than the action and says
 * otherwise (semantics, section 5, after the case). That a secret is there says nothing of its rotation: one that a
 * case found to need it needs it until a rotation is known, by the case or by its source's `rotatedAt`.
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

/** The properties of a relationship that a source may speak of; null: it does not say. */
export interface RelationshipProperties {
  readonly needs: Permission | null;
  readonly required: boolean;
  readonly access: boolean;
  readonly how: string | null;
  readonly lastReadAt: Millis | null;
  readonly scopes: readonly string[];
  /** Where it is written; of an end that a case made, the id of the case. */
  readonly evidence: string | null;
}

/** What one source (or the cases) says of one relationship. */
export interface RelationshipClaim extends RelationshipProperties {
  readonly source: SourceNumber;
  readonly open: boolean;
  readonly reportedAt: Millis;
  /** When it began, by the source's word; else the `syncedAt` that first showed it. */
  readonly startedAt: Millis;
  /** Whether `startedAt` is the source's own word, which an export repeats. */
  readonly startedByWord: boolean;
}

/** What follows from all claims on one relationship. */
export interface RelationshipState extends RelationshipProperties {
  readonly open: boolean;
  readonly startedAt: Millis;
  readonly endedAt: Millis | null;
}

/**
 * Derives a relationship: open while any claim says so, but for what a case ended later than the claim was
 * read; where open claims differ, the stronger holds. `claims` is not empty; order does not matter.
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
    how: first(telling.map((claim) => claim.how)),
    lastReadAt: maximum(telling.map((claim) => claim.lastReadAt)),
    scopes: [...new Set(telling.flatMap((claim) => claim.scopes))],
    evidence: first(telling.map((claim) => claim.evidence)),
  };
}

/** The claim that spoke last; among equals, that of the source with the smallest number. */
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
