import { KINDS } from '../../model/kinds.js';
import { RULES } from '../../model/relationships.js';
import type { Step } from '../answers.js';
import { type StepFilter, stepsInto, stepsOut } from '../collect-steps.js';
import { eachSustainer, sustainedEnd } from '../sustaining.js';
import { SUSTAINED } from '../type-sets.js';
import type { EntityNumber, GraphView } from '../view.js';
import type { PathTree } from './path-tree.js';

/** Accepts a relationship that says that its `from` sustains its `to`, and one that says it the other way round. */
const FROM = 1;
const TO = 2;
const sustainsOut: StepFilter = Object.assign((code: number) => sustainedEnd(FROM, TO, code) === TO, {
  wanted: SUSTAINED.out,
});
const sustainsInto: StepFilter = Object.assign((code: number) => sustainedEnd(FROM, TO, code) === FROM, {
  wanted: SUSTAINED.into,
});

/** By kind code: whether an entity can sustain one from which a relationship arrives. */
const SUSTAINS_INTO: readonly boolean[] = KINDS.map((kind) =>
  RULES.some(({ sustainer, to }) => sustainer === 'TO' && to.includes(kind)),
);

/** The steps to everything that an entity sustains, in order of (type, id, code). Something else may sustain that too. */
export function sustainedSteps(view: GraphView, entity: EntityNumber): Step[] {
  const out = stepsOut(view, entity, sustainsOut);
  if (SUSTAINS_INTO[view.kindOf(entity)] !== true) return out;
  return [...out, ...stepsInto(view, entity, sustainsInto)];
}

/** The steps to everything that sustains an entity, effective or not, in order of (type, id, code). */
export function sustainerSteps(view: GraphView, entity: EntityNumber): Step[] {
  return [...stepsInto(view, entity, sustainsOut), ...stepsOut(view, entity, sustainsInto)];
}

/**
 * Stops what a set of entities alone sustains, and what these alone sustain, and so on (semantics, section 3): whatever
 * is sustained by one of them and by nothing else that is effective. Two things that sustain each other keep each other.
 *
 * @param gone humans who are gone, and sustain nothing any more
 * @param stopped what is stopped; it is added to
 * @param paths the steps to what is stopped; it is added to
 * @param keeps what goes on although nothing sustains it any more
 */
export function stopSustained(
  view: GraphView,
  gone: readonly EntityNumber[],
  stopped: Set<EntityNumber>,
  paths: PathTree,
  keeps: (entity: EntityNumber) => boolean = () => false,
): void {
  const isGone = (entity: EntityNumber) => stopped.has(entity) || gone.includes(entity);
  /** The sustainers that each entity still has. */
  const left = new Map<EntityNumber, Set<EntityNumber>>();
  const queue = [...gone, ...stopped];
  for (let at = 0; at < queue.length; at += 1) {
    const sustainer = queue[at]!;
    for (const step of sustainedSteps(view, sustainer)) {
      if (stopped.has(step.to) || keeps(step.to)) continue;
      const others = left.get(step.to) ?? sustainersOf(view, step.to, isGone);
      left.set(step.to, others);
      others.delete(sustainer);
      if (others.size > 0) continue;
      stopped.add(step.to);
      paths.add(step);
      queue.push(step.to);
    }
  }
}

function sustainersOf(
  view: GraphView,
  entity: EntityNumber,
  isGone: (sustainer: EntityNumber) => boolean,
): Set<EntityNumber> {
  const sustainers = new Set<EntityNumber>();
  eachSustainer(view, entity, (sustainer) => {
    if (!isGone(sustainer) && view.isEffective(sustainer)) sustainers.add(sustainer);
  });
  return sustainers;
}

/**
 * Tells what hangs on a person (semantics, section 4): it is effective, and nothing would sustain it any more if the
 * person and the holdings were stopped.
 *
 * @param humans the humans who leave
 * @param holdings H of them
 */
export function hangsOn(
  view: GraphView,
  humans: readonly EntityNumber[],
  holdings: ReadonlySet<EntityNumber>,
): (entity: EntityNumber) => boolean {
  const isGone = (sustainer: EntityNumber) => holdings.has(sustainer) || humans.includes(sustainer);
  return (entity) => {
    if (!view.mayHaveSustainer(entity) || !view.isEffective(entity)) return false;
    let hasAny = false;
    let keeps = false;
    eachSustainer(view, entity, (sustainer) => {
      hasAny = true;
      keeps = !isGone(sustainer) && view.isEffective(sustainer);
      return keeps;
    });
    return hasAny && !keeps;
  };
}
