import { codeType } from '../model/rows.js';
import type { Step } from './answers.js';
import { TYPE_RANK } from './relationship-types.js';
import type { EntityNumber, GraphView, VisitFilter } from './view.js';

/** Tells whether a relationship is to be collected as a step. */
export interface StepFilter {
  (code: number, other: EntityNumber): boolean;
  /** The relationships that the filter may accept; left out: any. */
  readonly wanted?: VisitFilter;
}

/**
 * The steps with the arrow from an entity, in order of (type, id, code): a view has no order of its own, and the first
 * step that is found decides a path.
 */
export function stepsOut(view: GraphView, from: EntityNumber, accept: StepFilter): Step[] {
  const steps: Step[] = [];
  view.eachOut(
    from,
    (to, code) => {
      if (accept(code, to)) steps.push({ from, to, code, against: false });
    },
    accept.wanted,
  );
  return ordered(view, steps);
}

/** The steps against the arrow from an entity, in order of (type, id, code). */
export function stepsInto(view: GraphView, from: EntityNumber, accept: StepFilter): Step[] {
  const steps: Step[] = [];
  view.eachIn(
    from,
    (to, code) => {
      if (accept(code, to)) steps.push({ from, to, code, against: true });
    },
    accept.wanted,
  );
  return ordered(view, steps);
}

function ordered(view: GraphView, steps: Step[]): Step[] {
  if (steps.length < 2) return steps;
  return steps.sort(
    (a, b) =>
      TYPE_RANK[codeType(a.code)]! - TYPE_RANK[codeType(b.code)]! ||
      view.compare(a.to, b.to) ||
      a.code - b.code,
  );
}

/** Accepts relationships of these types. */
export function ofTypes(...types: readonly number[]): StepFilter & { readonly wanted: VisitFilter } {
  const mask = types.reduce((bits, type) => bits | (1 << type), 0);
  const accept = (code: number) => ((1 << codeType(code)) & mask) !== 0;
  return Object.assign(accept, { wanted: { types: mask } });
}

/** Accepts the relationships that `accept` accepts and whose other end passes too. */
export function where(accept: StepFilter, passes: (other: EntityNumber) => boolean): StepFilter {
  const both = (code: number, other: EntityNumber) => accept(code, other) && passes(other);
  return accept.wanted === undefined ? both : Object.assign(both, { wanted: accept.wanted });
}
