import type { Kind } from '../../src/model/kinds.js';
import { effectiveWithout } from './effective.js';
import { kindOf, open, type PlainGraph } from './plain-graph.js';
import { secretsOf, storedIn, unitOf } from './units.js';

const NOTHING: ReadonlySet<string> = new Set();

/** A Human or Group never stops: nothing works through it but what it sustains. */
const STOPPABLE: readonly Kind[] = [
  ...(['Token', 'Grant', 'Account', 'ServiceIdentity', 'App', 'Job', 'Resource', 'Secret'] as const),
];

const WORKLOADS: readonly Kind[] = ['App', 'Job'];

/** What stops besides what has stopped already. */
export interface Stopping {
  /** Stopped whatever sustains them. */
  readonly also?: ReadonlySet<string>;
  /** People who are gone: they sustain nothing any more. */
  readonly gone?: ReadonlySet<string>;
  /** What goes on whatever sustained it. */
  readonly spared?: ReadonlySet<string>;
}

/**
 * Everything that is stopped, as things are or with more stopped besides (semantics, section 3, continuity): also
 * what only this sustained, and the Secrets that store nothing but what is stopped.
 */
export function stopped(graph: PlainGraph, stopping: Stopping = {}): ReadonlySet<string> {
  const { also = NOTHING, gone = NOTHING, spared = NOTHING } = stopping;
  const left = effectiveWithout(graph, new Set([...also, ...gone]), spared);
  const down = [...graph.entities.keys()].filter(
    (id) => !left.has(id) && STOPPABLE.includes(kindOf(graph, id)),
  );
  const all = new Set([...down, ...also]);
  for (const secret of secretsOf(graph)) {
    const tokens = storedIn(graph, unitOf(graph, secret));
    if (tokens.length > 0 && tokens.every((token) => all.has(token))) all.add(secret);
  }
  return all;
}

/** Every App and Job that does not work while these are stopped: a least fixpoint. */
export function broken(graph: PlainGraph, down: ReadonlySet<string>): ReadonlySet<string> {
  const all = new Set<string>();
  for (;;) {
    const before = all.size;
    for (const id of graph.entities.keys()) {
      if (WORKLOADS.includes(kindOf(graph, id)) && isBroken(graph, id, down, all)) all.add(id);
    }
    if (all.size === before) return all;
  }
}

function isBroken(
  graph: PlainGraph,
  workload: string,
  down: ReadonlySet<string>,
  alreadyBroken: ReadonlySet<string>,
): boolean {
  if (down.has(workload)) return true;
  if (leansOn(graph, workload).some((id) => down.has(id))) return true;
  const dependencies = open(graph, 'DEPENDS_ON').filter(({ from }) => from === workload);
  if (dependencies.some(({ to }) => alreadyBroken.has(to))) return true;
  const triggers = open(graph, 'TRIGGERS').filter(({ to }) => to === workload);
  return triggers.length > 0 && triggers.every(({ from }) => alreadyBroken.has(from));
}

/** What a workload directly USES or RUNS_AS (required) or DEPENDS_ON. */
export function leansOn(graph: PlainGraph, workload: string): readonly string[] {
  const required = [...open(graph, 'USES'), ...open(graph, 'RUNS_AS')].filter((one) => one.required);
  const all = [...required, ...open(graph, 'DEPENDS_ON')];
  return all.filter(({ from }) => from === workload).map(({ to }) => to);
}

export function workloadsOf(graph: PlainGraph): readonly string[] {
  return [...graph.entities.keys()].filter((id) => WORKLOADS.includes(kindOf(graph, id)));
}
