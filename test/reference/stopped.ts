import type { Kind } from '../../src/model/kinds.js';
import { isLive } from './live.js';
import { kindOf, open, type PlainGraph } from './plain-graph.js';
import { secretsOf, storedIn, unitOf } from './units.js';

/** A Human, Group or Resource never stops: nothing works through its status alone. */
const STOPPABLE: readonly Kind[] = ['Token', 'Grant', 'Account', 'ServiceIdentity', 'App', 'Job', 'Secret'];

const WORKLOADS: readonly Kind[] = ['App', 'Job'];

/** Everything that is stopped, as things are or with `also` stopped besides (semantics, section 3, continuity). */
export function stopped(graph: PlainGraph, also: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const dead = [...graph.entities.keys()].filter(
    (id) => STOPPABLE.includes(kindOf(graph, id)) && !isLive(graph, id),
  );
  const all = new Set([...dead, ...also]);
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

/** What a workload directly USES (required), RUNS_AS or DEPENDS_ON. */
export function leansOn(graph: PlainGraph, workload: string): readonly string[] {
  const uses = open(graph, 'USES').filter(({ required }) => required);
  const all = [...uses, ...open(graph, 'RUNS_AS'), ...open(graph, 'DEPENDS_ON')];
  return all.filter(({ from }) => from === workload).map(({ to }) => to);
}

export function workloadsOf(graph: PlainGraph): readonly string[] {
  return [...graph.entities.keys()].filter((id) => WORKLOADS.includes(kindOf(graph, id)));
}
