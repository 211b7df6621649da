import type { EntityColumns, RelationshipColumns } from '../../model/rows.js';

/**
 * Integer-coded rows, from one list for each column. Only the lists of entities are read here: SQLite gives
 * relationships in order and each once, and Neo4j has to sort them.
 */

/** The columns of entities. `E`: the value of an expiry, which each engine codes as its database allows. */
export type EntityLists<E> = readonly [
  entity: readonly number[],
  id: readonly string[],
  kind: readonly number[],
  flags: readonly number[],
  expiresAt: readonly E[],
  source: readonly number[],
  family: readonly (string | null)[],
];

/** @param expiryOf the moment of an expiry, in milliseconds; infinity where there is none */
export function entityColumns<E>(
  [entity, id, kind, flags, expiresAt, source, family]: EntityLists<E>,
  expiryOf: (expiresAt: E) => number,
): EntityColumns {
  return {
    count: entity.length,
    entity: Uint32Array.from(entity),
    id,
    kind: Uint8Array.from(kind),
    flags: Uint8Array.from(flags),
    expiresAt: Float64Array.from(expiresAt, expiryOf),
    source: Uint32Array.from(source),
    family,
  };
}

export const NO_ENTITIES: EntityColumns = entityColumns([[], [], [], [], [], [], []], () => 0);

export const NO_RELATIONSHIPS: RelationshipColumns = {
  count: 0,
  from: new Uint32Array(),
  to: new Uint32Array(),
  code: new Uint16Array(),
};
