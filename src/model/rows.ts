import type { Revision } from './revision.js';

/**
 * The rows that a store gives to the graph: integer-coded columns, so that a million relationships load in a second or
 * two. The store numbers entities and relationships; numbers are dense, begin at 1 and never change.
 */
export interface GraphRows {
  /** The revision of these rows. */
  readonly revision: Revision;
  readonly entities: EntityColumns;
  readonly relationships: RelationshipColumns;
  /** true: rows that were given before may be void, and the batches from this one on are the whole state. */
  readonly anew?: true;
}

/** The result of an expansion. */
export interface Expanded extends GraphRows {
  /** The entities that were expanded: the rows have all their neighbours that the flow follows. */
  readonly looked: readonly number[];
  /**
   * False where no relationship of the store says `sustains`, at no revision: then every entity is sustained, and nothing
   * has to be read to know that. The rows of an expansion alone cannot tell.
   */
  readonly anySustains: boolean;
}

/** `count` entities; each column has at least that many values. */
export interface EntityColumns {
  readonly count: number;
  /** Number of the entity. */
  readonly entity: Uint32Array;
  readonly id: readonly string[];
  /** Position in `KINDS`. */
  readonly kind: Uint8Array;
  /** See {@link ENTITY_FLAGS}. */
  readonly flags: Uint8Array;
  /** Milliseconds; `Infinity` where it never expires or is unknown. Tokens only. */
  readonly expiresAt: Float64Array;
  /** Number of the source it belongs to. */
  readonly source: Uint32Array;
  /** Token family as the source wrote it, or null. */
  readonly family: readonly (string | null)[];
}

/** Bits of {@link EntityColumns.flags}. */
export const ENTITY_FLAGS = {
  /** The status is a live one (a Token must also not have expired). */
  live: 1,
  /** Account or ServiceIdentity: managed by the company. */
  managed: 2,
  /** Resource: one person's own. */
  personal: 4,
  /** Resource: sensitivity in two bits above this shift: LOW 0, MEDIUM 1, HIGH 2, CRITICAL 3; with `rated`. */
  sensitivityShift: 3,
  rated: 32,
} as const;

/** `count` relationships. One whose `code` lacks `open` has ended. */
export interface RelationshipColumns {
  readonly count: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** See {@link packRelationship}. */
  readonly code: Uint16Array;
}

/** The parts of a relationship that the walk and the radii need. */
export interface RelationshipCode {
  /** Position in `RELATIONSHIP_TYPES`. */
  readonly type: number;
  /** Level of the permission it gives, 1 to 3; 0 where the type has none. */
  readonly permission: number;
  /** Level it needs from a Resource, 1 to 3; 0 where the type has none. */
  readonly needs: number;
  readonly required: boolean;
  readonly access: boolean;
  /** One end sustains the other. */
  readonly sustains: boolean;
  readonly open: boolean;
}

/** Bits: type 0–4, permission 5–6, needs 7–8, required 9, access 10, open 11, sustains 12. */
export function packRelationship(code: RelationshipCode): number {
  return (
    code.type |
    (code.permission << 5) |
    (code.needs << 7) |
    (code.required ? 1 << 9 : 0) |
    (code.access ? 1 << 10 : 0) |
    (code.open ? 1 << 11 : 0) |
    (code.sustains ? 1 << 12 : 0)
  );
}

export const codeType = (code: number): number => code & 31;
export const codePermission = (code: number): number => (code >> 5) & 3;
export const codeNeeds = (code: number): number => (code >> 7) & 3;
export const codeRequired = (code: number): boolean => (code & (1 << 9)) !== 0;
export const codeAccess = (code: number): boolean => (code & (1 << 10)) !== 0;
export const codeSustains = (code: number): boolean => (code & (1 << 12)) !== 0;
export const codeOpen = (code: number): boolean => (code & (1 << 11)) !== 0;

/** A code that distinguishes relationships between the same entities: the type and, for access, the permission. */
export const codeIdentity = (code: number): number => code & 127;
