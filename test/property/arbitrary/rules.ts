import type { RelationshipType } from '../../../src/model/relationships.js';
import type { EntityDraft } from './entities.js';
import type { Traits } from './relationships.js';

/** A relationship whose ends are chosen, by the position of the entities. */
export interface Edge {
  readonly type: RelationshipType;
  readonly from: number;
  readonly to: number;
  readonly traits: Traits;
}

/**
 * Leaves out what an import would refuse (semantics, section 7): a second entry of a key, a second GRANTED source
 * or TO_APP target of a grant, a tenant-wide grant GRANTED by an account; and turns the arrows that may make no
 * cycle so that they make none.
 */
export function allowed(entities: readonly EntityDraft[], edges: readonly Edge[]): readonly Edge[] {
  const kept: Edge[] = [];
  for (const edge of edges.map(turned)) {
    const grantTaken = kept.some((other) => sameGrant(other, edge));
    const refused = isLoop(edge) || isTenantWideByAccount(entities, edge) || grantTaken;
    if (!refused && !kept.some((other) => sameKey(other, edge))) kept.push(edge);
  }
  return kept;
}

function isAcyclic(type: RelationshipType): boolean {
  return type === 'DELEGATED_TO' || type === 'CONTAINS';
}

/** From the earlier entity to the later one: no cycle can come of that. */
function turned(edge: Edge): Edge {
  const backwards = isAcyclic(edge.type) && edge.from > edge.to;
  return backwards ? { ...edge, from: edge.to, to: edge.from } : edge;
}

function isLoop({ type, from, to }: Edge): boolean {
  return from === to && (isAcyclic(type) || type === 'REPORTS_TO' || type === 'REPLACED_BY');
}

function isTenantWideByAccount(entities: readonly EntityDraft[], { type, from, to }: Edge): boolean {
  if (type !== 'GRANTED' || entities[from]?.kind !== 'Account') return false;
  const grant = entities[to]?.properties;
  return grant?.grantType === 'DOMAIN_WIDE' || grant?.consentType === 'ALL_PRINCIPALS';
}

function sameGrant(a: Edge, b: Edge): boolean {
  if (a.type !== b.type) return false;
  return (a.type === 'GRANTED' && a.to === b.to) || (a.type === 'TO_APP' && a.from === b.from);
}

export function sameKey(a: Edge, b: Edge): boolean {
  const samePermission =
    a.type !== 'CAN_ACCESS' || (a.traits.permission ?? 'READ') === (b.traits.permission ?? 'READ');
  return a.type === b.type && a.from === b.from && a.to === b.to && samePermission;
}
