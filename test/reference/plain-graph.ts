import type { Kind } from '../../src/model/kinds.js';
import type { Permission } from '../../src/model/levels.js';
import type { RelationshipType } from '../../src/model/relationships.js';
import type { Millis } from '../../src/model/time.js';

export { plainGraphOf, reportsOf } from './from-documents.js';

/**
 * A graph at one moment in the plainest form there is: what the reference functions of this folder read.
 * They scan it whole, again and again; nothing is indexed.
 */
export interface PlainGraph {
  /** The moment asked about: it decides which tokens have expired. */
  readonly now: Millis;
  readonly entities: ReadonlyMap<string, PlainEntity>;
  /** At most one for a type, from and to; for CAN_ACCESS one per permission as well. */
  readonly relationships: readonly PlainRelationship[];
}

export interface PlainEntity {
  readonly id: string;
  readonly kind: Kind;
  /** As reported: a Token that has expired is still ACTIVE here. */
  readonly status: string;
  readonly source: string;
  readonly expiresAt?: Millis;
  readonly family?: string;
  readonly managed?: boolean;
  readonly personal?: boolean;
  readonly sensitivity?: string;
  readonly consentType?: string;
  readonly grantType?: string;
  readonly tokenType?: string;
  readonly selfContained?: boolean;
  readonly criticality?: string;
  readonly approval?: string;
  readonly lastUsedAt?: Millis;
  readonly lastRunAt?: Millis;
}

/** The defaults of the table are filled in, on types that have no such property too, where they mean nothing. */
export interface PlainRelationship {
  readonly type: RelationshipType;
  readonly from: string;
  readonly to: string;
  readonly open: boolean;
  readonly permission: Permission;
  readonly needs: Permission;
  readonly required: boolean;
  readonly access: boolean;
  readonly sustains: boolean;
}

/** The entity with an id that is known to be there. */
export function entityOf(graph: PlainGraph, id: string): PlainEntity {
  const entity = graph.entities.get(id);
  if (!entity) throw new Error(`no entity ${id}`);
  return entity;
}

export function kindOf(graph: PlainGraph, id: string): Kind {
  return entityOf(graph, id).kind;
}

/** Every open relationship of a type. */
export function open(graph: PlainGraph, type: RelationshipType): readonly PlainRelationship[] {
  return graph.relationships.filter((relationship) => relationship.open && relationship.type === type);
}

/** Where the open relationships of a type lead from any of these entities. */
export function targets(
  graph: PlainGraph,
  type: RelationshipType,
  from: ReadonlySet<string>,
): ReadonlySet<string> {
  return new Set(
    open(graph, type)
      .filter((relationship) => from.has(relationship.from))
      .map((relationship) => relationship.to),
  );
}
