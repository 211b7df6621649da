import { type RelationshipType, RULES } from '../model/relationships.js';
import { codeType } from '../model/rows.js';
import type { Step } from './answers.js';
import type { GraphView } from './view.js';

/**
 * One relationship of a path that is a reason, by ids, as plans and cases keep it. `from` and `to` are the ends of the
 * relationship: the path may have gone against its arrow. {@link inWalkingOrder} says which.
 */
export interface ReasonStep {
  readonly type: RelationshipType;
  readonly from: string;
  readonly to: string;
}

/** A step of a reason with the entity that the path comes from and the one that it goes to, by ids. */
export interface WalkedStep {
  readonly step: ReasonStep;
  readonly from: string;
  readonly to: string;
  /** Walked against the arrow: `from` is the relationship's own `to`. */
  readonly against: boolean;
}

/** A step of a path as a step of a reason. */
export function reasonStepOf(view: GraphView, { from, to, code, against }: Step): ReasonStep {
  const { type } = RULES[codeType(code)]!;
  const [start, end] = against ? [to, from] : [from, to];
  return { type, from: view.idOf(start), to: view.idOf(end) };
}

/**
 * The direction in which each step of a reason was walked: each begins where the one before ended.
 *
 * @param start id of the entity where the path begins, where that is known
 */
export function inWalkingOrder(reason: readonly ReasonStep[], start: string | null = null): WalkedStep[] {
  let place = firstOf(reason, start);
  return reason.map((step) => {
    const against = step.to === place && step.from !== place;
    const [from, to] = against ? [step.to, step.from] : [step.from, step.to];
    place = to;
    return { step, from, to, against };
  });
}

/**
 * Where the path begins: at `start` if the first step touches it, else at the end that the second step does not
 * touch.
 */
function firstOf([first, second]: readonly ReasonStep[], start: string | null): string | null {
  if (first === undefined || first.from === start || first.to === start) return start;
  if (second === undefined) return first.from;
  const touches = (id: string) => second.from === id || second.to === id;
  return touches(first.from) && !touches(first.to) ? first.to : first.from;
}
