import { badInput } from '../model/errors.js';
import { type Flow, MAX_FRONTIER, typeCodesIn } from '../model/flow.js';
import { RULES } from '../model/relationships.js';

/** The checks of an expansion that every engine makes before it begins. */

/** @throws BAD_INPUT for more entities than one expansion starts from. */
export function checkFrontier(frontier: readonly number[]): void {
  if (frontier.length <= MAX_FRONTIER) return;
  throw badInput(
    `An expansion starts from at most ${MAX_FRONTIER} entities, not ${frontier.length}; ask in several.`,
  );
}

/** The idents (low seven bits of a code) that relationships of some types may have. */
export function identsIn(types: Flow['out']): number[] {
  return typeCodesIn(types).flatMap((code) => {
    const permitted = RULES[code]?.properties.includes('permission') === true;
    return permitted ? [0, 1, 2, 3].map((permission) => code | (permission << 5)) : [code];
  });
}
