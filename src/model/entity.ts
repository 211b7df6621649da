import type {
  EntityClaim,
  EntityOverlay,
  RelationshipClaim,
  RelationshipState,
  SourceNumber,
} from './claims.js';
import type { CouldNotRead } from './could-not-read.js';
import type { Kind } from './kinds.js';
import type { Permission } from './levels.js';
import type { RelationshipType } from './relationships.js';
import type { Millis } from './time.js';

/** An entity at a revision. Times are milliseconds; null is unknown. */
export interface EntityRecord {
  /** Its number in this store, by which the graph names it. */
  readonly number: number;
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  /** The stored status. A Token that has expired is still ACTIVE here: the reader compares `expiresAt` with the time. */
  readonly status: string;
  readonly source: SourceNumber;
  readonly externalId: string | null;
  readonly createdAt: Millis | null;
  readonly lastUsedAt: Millis | null;
  readonly firstSeenAt: Millis;
  readonly lastSeenAt: Millis;
  /** The properties of its kind (`PROPERTIES`), defaults filled in, times in milliseconds, unknown ones absent. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Further properties, which the model does not define, as JSON. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly claim: EntityClaim;
  readonly overlay: EntityOverlay | null;
}

/** What identifies a relationship. Ends are entity numbers; a type with a permission (access) has that too. */
export interface RelationshipKey {
  readonly type: RelationshipType;
  readonly from: number;
  readonly to: number;
  readonly permission: Permission | null;
}

/** A relationship at a revision. */
export interface RelationshipRecord extends RelationshipKey, RelationshipState {
  readonly fromId: string;
  readonly toId: string;
  /** All claims, in order of source number. */
  readonly claims: readonly RelationshipClaim[];
}

/** A source at a revision. */
export interface SourceRecord {
  readonly number: SourceNumber;
  readonly id: string;
  readonly vendor: string | null;
  readonly name: string | null;
  readonly actuation: string;
  readonly reports: readonly string[];
  /** What its last full reading, and deltas since, could not read. */
  readonly couldNotRead: readonly CouldNotRead[];
  /** The latest `syncedAt` of its snapshots. */
  readonly syncedAt: Millis;
  /** The latest `syncedAt` of its full snapshots; null before the first. */
  readonly fullSyncedAt: Millis | null;
}
