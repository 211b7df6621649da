import { RELATIONSHIP_TYPES, type RelationshipType } from '../../model/relationships.js';
import { codePermission, codeType } from '../../model/rows.js';
import type { RelationshipPlace } from '../queries.js';
import type { Ends } from './relationship.js';

/** The rows of a page of the relationships of one entity: each has a direction and another end. */

/** In a row: 0 where the relationship leaves the entity, 1 where it arrives at it. */
export type Inward = 0 | 1;

/** The two ends, from the entity itself and the other one. */
export function endsOf(inward: number, own: number, ownId: string, other: number, otherId: string): Ends {
  return inward === 0
    ? { from: own, fromId: ownId, to: other, toId: otherId }
    : { from: other, fromId: otherId, to: own, toId: ownId };
}

/** @param code of the relationship, or only the low seven bits of it: its type and permission. */
export function placeOf(code: number, inward: number, otherId: string): RelationshipPlace {
  return {
    type: RELATIONSHIP_TYPES[codeType(code)] as RelationshipType,
    direction: inward === 0 ? 'OUT' : 'IN',
    other: otherId,
    permission: codePermission(code),
  };
}
