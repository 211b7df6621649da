import type {
  EntityClaim,
  EntityOverlay,
  RelationshipClaim,
  RelationshipState,
  SourceNumber,
} from './claims.js';
import type { Kind } from './kinds.js';
import type { Permission } from './levels.js';
import type { RelationshipType } from './relationships.js';
import type { Millis } from './time.js';

/** An entity as it stood at a revision. Times are milliseconds; unknown is null. */
export interface EntityRecord {
  /** Its number in this store: what the graph calls it. */
  readonly number: number;
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  /** As stored; a Token that has expired is still ACTIVE here: expiry is judged by whoever asks. */
  readonly status: string;
  readonly source: SourceNumber;
  readonly externalId: string | null;
  readonly createdAt: Millis | null;
  readonly lastUsedAt: Millis | null;
  readonly firstSeenAt: Millis;
  readonly lastSeenAt: Millis;
  /** The properties of its kind (`PROPERTIES`), defaults filled in, times in milliseconds, unknown ones absent. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** JSON that the model does not name. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly claim: EntityClaim;
  readonly overlay: EntityOverlay | null;
}

/** What names a relationship: for a type with a permission (access), that too. Ends are entity numbers. */
export interface RelationshipKey {
  readonly type: RelationshipType;
  readonly from: number;
  readonly to: number;
  readonly permission: Permission | null;
}

/** A relationship as it stood at a revision. */
export interface RelationshipRecord extends RelationshipKey, RelationshipState {
  readonly fromId: string;
  readonly toId: string;
  /** What every claimant says, in order of source number. */
  readonly claims: readonly RelationshipClaim[];
}

/** A source as it stood at a revision. */
export interface SourceRecord {
  readonly number: SourceNumber;
  readonly id: string;
  readonly vendor: string | null;
  readonly name: string | null;
  readonly actuation: string;
  readonly reports: readonly string[];
  /** The latest `syncedAt` it was imported with. */
  readonly syncedAt: Millis;
  /** The latest `syncedAt` of a full snapshot; null before the first. */
  readonly fullSyncedAt: Millis | null;
}
