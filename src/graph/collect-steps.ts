import { codeType } from '../model/rows.js';
import type { Step } from './answers.js';
import { TYPE_RANK } from './relationship-types.js';
import type { EntityNumber, GraphView, VisitFilter } from './view.js';

/** Whether a relationship counts for whoever collects steps. */
export interface StepFilter {
  (code: number, other: EntityNumber): boolean;
  /** What it looks at; left out: it may accept any type. */
  readonly wanted?: VisitFilter;
}

/** Steps with the arrow from an entity, in order of (type, id, code), so that what is found first is the same anywhere. */
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

/** Steps against the arrow from an entity, in order of (type, id, code). */
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

/** What `accept` accepts, where the other end passes too. */
export function where(accept: StepFilter, passes: (other: EntityNumber) => boolean): StepFilter {
  const both = (code: number, other: EntityNumber) => accept(code, other) && passes(other);
  return accept.wanted === undefined ? both : Object.assign(both, { wanted: accept.wanted });
}
