import { KINDS } from '../model/kinds.js';
import { RULES } from '../model/relationships.js';
import { codeSustains, codeType } from '../model/rows.js';
import { SUSTAINERS } from './type-sets.js';
import type { EntityNumber, GraphView } from './view.js';

// What sustains what (semantics, section 1): which end of a relationship sustains the other is in the table.

/** By type code: the end that sustains the other, where the relationship says `sustains`. */
const SUSTAINER = RULES.map(({ sustainer }) => sustainer);

/** By kind code: whether anything can sustain an entity of the kind. */
export const SUSTAINABLE: readonly boolean[] = KINDS.map((kind) =>
  RULES.some(
    ({ sustainer, from, to }) => sustainer !== null && (sustainer === 'FROM' ? to : from).includes(kind),
  ),
);

type Neighbours = Pick<GraphView, 'eachOut' | 'eachIn'>;
/** Called with one entity and the relationship that was followed to it. Returns true to end the visit early. */
type SustainVisitor = (other: EntityNumber, code: number, against: boolean) => boolean | void;

/** The end of a relationship that the other one sustains; 0 where the relationship does not say `sustains`. */
export function sustainedEnd(from: EntityNumber, to: EntityNumber, code: number): EntityNumber {
  return codeSustains(code) ? sustainableEnd(from, to, code) : 0;
}

/** The end that the other one would sustain if the relationship said so; 0 where its type cannot say so. */
export function sustainableEnd(from: EntityNumber, to: EntityNumber, code: number): EntityNumber {
  const sustainer = SUSTAINER[codeType(code)];
  if (sustainer === 'FROM') return to;
  return sustainer === 'TO' ? from : 0;
}

/** Visits everything that an open relationship with `sustains` says sustains the entity, live or not. */
export function eachSustainer(view: Neighbours, entity: EntityNumber, visit: SustainVisitor): void {
  let over = false;
  view.eachIn(
    entity,
    (other, code) => {
      over = sustainedEnd(other, entity, code) === entity && visit(other, code, true) === true;
      return over;
    },
    SUSTAINERS.into,
  );
  if (over) return;
  view.eachOut(
    entity,
    (other, code) => sustainedEnd(entity, other, code) === entity && visit(other, code, false),
    SUSTAINERS.out,
  );
}
