import { open } from '../plain-graph.js';
import { broken, leansOn, stopped } from '../stopped.js';
import { storedIn, unitOf } from '../units.js';
import { type Actions, decidedAs } from './actions.js';
import { retirementOf } from './cascade.js';
import type { Departure } from './departure.js';
import { needsReissue } from './needs-reissue.js';
import { stoodOn } from './stands-on.js';

/** What stops and breaks besides what has already. */
export interface Aftermath {
  readonly newlyStopped: ReadonlySet<string>;
  readonly newlyBroken: ReadonlySet<string>;
  /** Broken then, newly or not. */
  readonly brokenThen: ReadonlySet<string>;
}

/**
 * The computation of section 4 for these decisions: stopped, besides what is now, are what is decided RETIRE with
 * its cascade, and what of the cut is neither reissued nor stood on by a decided workload not decided RETIRE.
 */
export function aftermathOf(departure: Departure, actions: Actions): Aftermath {
  const { graph, cut } = departure;
  const retired = decidedAs(actions, 'RETIRE');
  const ended = [...retired].flatMap((thing) => retirementOf(graph, thing));
  const reissued = needsReissue(departure, retired);
  const kept = [...actions.keys()]
    .filter((thing) => !retired.has(thing))
    .flatMap((thing) => [...stoodOn(departure, thing)]);
  const lost = [...cut.keys()].filter((id) => !reissued.has(id) && !kept.includes(id));
  return aftermathOfStopping(departure, new Set([...ended, ...lost]));
}

/** What stops and breaks when these stop as well. */
export function aftermathOfStopping(departure: Departure, also: ReadonlySet<string>): Aftermath {
  const { graph, stoppedNow, brokenNow } = departure;
  const stoppedThen = stopped(graph, also);
  const brokenThen = broken(graph, stoppedThen);
  return {
    newlyStopped: new Set([...stoppedThen].filter((id) => !stoppedNow.has(id))),
    newlyBroken: new Set([...brokenThen].filter((id) => !brokenNow.has(id))),
    brokenThen,
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

/** The newly stopped and newly broken things that stop or break one thing directly. */
export function directCausesOf(
  { graph }: Departure,
  { newlyStopped, newlyBroken, brokenThen }: Aftermath,
  id: string,
): readonly string[] {
  if (newlyStopped.has(id) && !newlyBroken.has(id)) {
    // Of what is no workload, only a Secret stops because something else does. A Token stores nothing.
    return storedIn(graph, unitOf(graph, id)).filter((token) => newlyStopped.has(token));
  }
  if (!newlyBroken.has(id)) return [];
  const leaning = leansOn(graph, id).filter((other) => newlyStopped.has(other));
  const dependencies = open(graph, 'DEPENDS_ON').filter(({ from }) => from === id);
  const triggers = open(graph, 'TRIGGERS').filter(({ to }) => to === id);
  const allBroken = triggers.every(({ from }) => brokenThen.has(from));
  const workloads = [
    ...dependencies.map(({ to }) => to),
    ...(allBroken ? triggers.map(({ from }) => from) : []),
  ];
  return [...leaning, ...workloads.filter((other) => newlyBroken.has(other))];
}
