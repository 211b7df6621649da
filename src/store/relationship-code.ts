import type { RelationshipState } from '../model/claims.js';
import type { RelationshipKey } from '../model/entity.js';
import { levelOf } from '../model/levels.js';
import { typeCode } from '../model/relationships.js';
import { packRelationship } from '../model/rows.js';

/** Relationships as the integers that engines keep. */

/** The bit of a code that is set where a relationship is open, for queries. */
export const OPEN = 1 << 11;

/** Type and permission as one number: the low seven bits of `code`. */
export function identOf({ type, permission }: Pick<RelationshipKey, 'type' | 'permission'>): number {
  return (typeCode(type) as number) | (permission === null ? 0 : levelOf(permission) << 5);
}

/** The name of a relationship in a store: the entity that it leaves, its {@link identOf}, and the entity it arrives at. */
export type Triple = readonly [from: number, ident: number, to: number];

/** Reads triples from one list of all their numbers. */
export function triplesOf(flat: readonly number[]): Triple[] {
  return Array.from({ length: flat.length / 3 }, (_, at) => {
    const [from, ident, to] = flat.slice(at * 3, at * 3 + 3) as [number, number, number];
    return [from, ident, to];
  });
}

/** The code of a relationship (`model/rows.ts`), from {@link identOf} and the state derived from its claims. */
export function codeOf(
  ident: number,
  state: Pick<RelationshipState, 'needs' | 'required' | 'access' | 'sustains' | 'open'>,
): number {
  return packRelationship({
    type: ident & 31,
    permission: ident >> 5,
    needs: state.needs === null ? 0 : levelOf(state.needs),
    required: state.required,
    access: state.access,
    sustains: state.sustains,
    open: state.open,
  });
}
