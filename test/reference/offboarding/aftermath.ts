import { effectiveWithout, isEffective, sustainersOf } from '../effective.js';
import { kindOf, open } from '../plain-graph.js';
import { broken, leansOn, type Stopping, stopped } from '../stopped.js';
import { storedIn, unitOf } from '../units.js';
import { type Actions, decidedAs } from './actions.js';
import { retirementOf } from './cascade.js';
import type { Departure } from './departure.js';
import { handedOver } from './handed-over.js';
import { needsReissue } from './needs-reissue.js';
import { stoodOn } from './stands-on.js';

/** What stops and breaks besides what has already. */
export interface Aftermath {
  readonly newlyStopped: ReadonlySet<string>;
  readonly newlyBroken: ReadonlySet<string>;
  /** Broken then, newly or not. */
  readonly brokenThen: ReadonlySet<string>;
  /** Effective then. */
  readonly effectiveThen: ReadonlySet<string>;
}

/**
 * The computation of section 4 for these decisions: stopped, besides what is now, are what is decided RETIRE with
 * its cascade, and what of the cut is neither reissued nor stood on by a decided workload not decided RETIRE; and
 * what only these and the person sustain, but for what is reissued, stood on so, or handed over.
 *
 * Of the cut only credentials and the person's own accounts end as such: what is in it because it hangs on the
 * person stops where nothing sustains it any more.
 */
export function aftermathOf(departure: Departure, actions: Actions): Aftermath {
  const { graph, humans, cut, unshared } = departure;
  const retired = decidedAs(actions, 'RETIRE');
  const ended = [...retired].flatMap((thing) => retirementOf(graph, thing));
  const reissued = needsReissue(departure, retired);
  const kept = [...actions.keys()]
    .filter((thing) => !retired.has(thing))
    .flatMap((thing) => [...stoodOn(departure, thing)]);
  const isCredential = (id: string) => unshared.has(id) || ['Grant', 'Token'].includes(kindOf(graph, id));
  const spared = new Set([...reissued.keys(), ...kept]);
  const lost = [...cut.keys()].filter((id) => isCredential(id) && !spared.has(id));
  const also = new Set([...ended, ...lost]);
  const handed = handedOver(departure, (id) => also.has(id));
  return aftermathOfStopping(departure, { also, gone: humans, spared: new Set([...spared, ...handed]) });
}

/** What stops and breaks when these stop as well. */
export function aftermathOfStopping(departure: Departure, stopping: Stopping): Aftermath {
  const { graph, stoppedNow, brokenNow } = departure;
  const stoppedThen = stopped(graph, stopping);
  const { also = [], gone = [], spared } = stopping;
  const brokenThen = broken(graph, stoppedThen);
  return {
    newlyStopped: new Set([...stoppedThen].filter((id) => !stoppedNow.has(id))),
    newlyBroken: new Set([...brokenThen].filter((id) => !brokenNow.has(id))),
    brokenThen,
    effectiveThen: effectiveWithout(graph, new Set([...also, ...gone]), spared),
  };
}

/** The workloads that work now, are broken then, and are not decided RETIRE. */
export function breakage(aftermath: Aftermath, actions: Actions): ReadonlySet<string> {
  return new Set([...aftermath.newlyBroken].filter((id) => actions.get(id) !== 'RETIRE'));
}

/** These, and all newly stopped and newly broken things that they are back to. */
export function causesOf(
  departure: Departure,
  aftermath: Aftermath,
  from: ReadonlySet<string>,
): ReadonlySet<string> {
  const all = new Set(from);
  for (;;) {
    const before = all.size;
    for (const id of [...all]) {
      for (const cause of directCausesOf(departure, aftermath, id)) all.add(cause);
    }
    if (all.size === before) return all;
  }
}

/** The newly stopped and newly broken things that stop or break one thing directly, what sustained it too. */
export function directCausesOf(
  { graph }: Departure,
  { newlyStopped, newlyBroken, brokenThen, effectiveThen }: Aftermath,
  id: string,
): readonly string[] {
  const sustained = sustainersOf(graph, id);
  const held = sustained.some((by) => effectiveThen.has(by)) ? [] : sustained;
  const lost = held.filter((by) => isEffective(graph, by) && kindOf(graph, by) !== 'Human');
  if (!newlyBroken.has(id)) {
    // Of what is no workload, only a Secret stops because something else does: a Token stores nothing.
    const stored = kindOf(graph, id) === 'Secret' ? storedIn(graph, unitOf(graph, id)) : [];
    return [...lost, ...stored.filter((token) => newlyStopped.has(token))];
  }
  const leaning = leansOn(graph, id).filter((other) => newlyStopped.has(other));
  const dependencies = open(graph, 'DEPENDS_ON').filter(({ from }) => from === id);
  const triggers = open(graph, 'TRIGGERS').filter(({ to }) => to === id);
  const allBroken = triggers.every(({ from }) => brokenThen.has(from));
  const workloads = [
    ...dependencies.map(({ to }) => to),
    ...(allBroken ? triggers.map(({ from }) => from) : []),
  ];
  return [...lost, ...leaning, ...workloads.filter((other) => newlyBroken.has(other))];
}
