import type { Kind } from './kinds.js';
import type { Permission } from './levels.js';
import type { RelationshipType } from './relationships.js';

/** The snapshot document (api, section 2), as it is written in a file. Its schema is `schema/snapshot.schema.json`. */
export interface SnapshotSource {
  readonly id: string;
  readonly vendor?: string;
  readonly name?: string;
  /** ISO 8601. When the source was read; orders the claims of one source. */
  readonly syncedAt: string;
  /** How an action on this source takes effect: MANUAL (default), WEBHOOK, SIMULATED or a connector's name. */
  readonly actuation?: string;
  /** Kinds and relationship types the source looks for; left out: those in the file. */
  readonly reports?: readonly string[];
}

/** Kinds and relationship types that the source could not read: of one account, by its id, or of all. */
export interface SnapshotCouldNotRead {
  readonly kinds: readonly string[];
  readonly account?: string;
  readonly because: string;
}

export interface SnapshotHeader {
  readonly source: SnapshotSource;
  readonly mode: 'full' | 'delta';
  readonly couldNotRead?: readonly SnapshotCouldNotRead[];
}

/** An entity as a source reports it. It also has the properties of its kind (see `properties.ts`). */
export interface SnapshotEntity {
  readonly kind: Kind;
  readonly id: string;
  readonly name?: string;
  readonly status?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** Only in a delta: this item has ended. */
  readonly ended?: boolean;
  readonly [property: string]: unknown;
}

/** An end of a relationship: an entity's id, or the human with an address (case-insensitive). */
export type SnapshotEnd = string | { readonly humanEmail: string };

export interface SnapshotRelationship {
  readonly type: RelationshipType;
  readonly from: SnapshotEnd;
  readonly to: SnapshotEnd;
  readonly startedAt?: string;
  readonly evidence?: string;
  readonly permission?: Permission;
  readonly needs?: Permission;
  readonly required?: boolean;
  readonly access?: boolean;
  readonly sustains?: boolean;
  readonly how?: string;
  readonly lastReadAt?: string;
  readonly scopes?: readonly string[];
  readonly ended?: boolean;
}

export interface SnapshotDocument extends SnapshotHeader {
  readonly entities: readonly SnapshotEntity[];
  readonly relationships: readonly SnapshotRelationship[];
}

/** One line of the NDJSON form after the header. */
export type SnapshotLine =
  | { readonly entity: SnapshotEntity }
  | { readonly relationship: SnapshotRelationship };
