import { compareSteps, type Step } from './order.js';
import { kindOf, type PlainGraph } from './plain-graph.js';
import { type Stand, stepsFrom, topLevel, type WalkStep } from './walk.js';

interface Search {
  readonly graph: PlainGraph;
  readonly from: string;
  readonly to: string;
  readonly limit: number;
  readonly found: (readonly Step[])[];
}

/**
 * The walk's paths from one entity to another that visit no entity twice: shortest first, then smallest.
 * The walk stands on `from` with the highest level of its kind and as if it were live; `to` may be dead, as the
 * walk may step onto what is. One entity has no path to itself.
 */
export function accessPaths(graph: PlainGraph, from: string, to: string, limit: number): (readonly Step[])[] {
  const search: Search = { graph, from, to, limit, found: [] };
  const start = { id: from, level: topLevel(kindOf(graph, from)) };
  if (from === to) return [];
  for (let length = 1; length < graph.entities.size; length += 1) extend(search, start, [], length);
  return search.found;
}

/** Finds, smallest first, every way of exactly `length` more steps from the end of `path` to the target. */
function extend(search: Search, stand: Stand, path: readonly Step[], length: number): void {
  const visited = new Set([search.from, ...path.map((step) => step.to)]);
  if (length === 0) {
    if (stand.id === search.to) search.found.push(path);
    return;
  }
  // The target ends a path; and a way that cannot end in time is not followed, which keeps the search short.
  if (stand.id === search.to || !canArrive(search, stand, visited, length)) return;
  for (const step of distinctSteps(search, stand)) {
    if (search.found.length >= search.limit) return;
    if (!visited.has(step.id)) extend(search, step, [...path, { type: step.type, to: step.id }], length - 1);
  }
}

/** The steps from a stand, smallest first, one for each type and entity: the one with the highest level. */
function distinctSteps(search: Search, stand: Stand): readonly WalkStep[] {
  const steps = stepsFrom(search.graph, stand, stand.id === search.from);
  return steps
    .filter((step) => !steps.some((other) => same(step, other) && other.level > step.level))
    .filter((step, at, kept) => kept.findIndex((other) => same(step, other)) === at)
    .sort((a, b) => compareSteps({ type: a.type, to: a.id }, { type: b.type, to: b.id }));
}

function same(a: WalkStep, b: WalkStep): boolean {
  return a.type === b.type && a.id === b.id;
}

/** Whether the target is at most `length` steps away when what was visited is avoided. */
function canArrive(search: Search, stand: Stand, visited: ReadonlySet<string>, length: number): boolean {
  let outermost: readonly Stand[] = [stand];
  const seen = new Set<string>();
  for (let left = length; left > 0; left -= 1) {
    const next: Stand[] = [];
    for (const at of outermost) {
      for (const step of stepsFrom(search.graph, at, at.id === search.from)) {
        if (step.id === search.to) return true;
        const name = `${step.level} ${step.id}`;
        if (visited.has(step.id) || seen.has(name)) continue;
        seen.add(name);
        next.push(step);
      }
    }
    outermost = next;
  }
  return false;
}
