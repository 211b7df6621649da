import { limitExceeded, type TendrilError } from '../../model/errors.js';
import type { Level } from '../../model/levels.js';
import { codeType } from '../../model/rows.js';
import type { Step } from '../answers.js';
import { TYPE_RANK } from '../relationship-types.js';
import type { EntityNumber, GraphView } from '../view.js';
import { walk } from './walk.js';
import { eachStep, eachStepBack, HIGHEST } from './walk-rules.js';

/** How many partial paths one search may expand. After that it is not known whether there are more paths. */
export const MAX_PARTIAL_PATHS = 50_000;

/** The beginning of a path. `estimate` is a lower bound of the length of every path that begins with it. */
interface PartialPath {
  readonly entity: EntityNumber;
  readonly level: Level;
  readonly length: number;
  readonly estimate: number;
  readonly step: Step | null;
  readonly before: PartialPath | null;
}

/**
 * The shortest paths of the walk from one entity to another, none of which passes an entity twice. They are ordered by
 * length, then by the sequence of (relationship type, entity id). The walk begins with the highest level of the start's
 * kind, and treats the start as live.
 *
 * This is a best-first (A*) search: a walk back from the target gives the remaining distance of every entity, so few
 * partial paths are expanded that do not lead to a result.
 *
 * @throws LIMIT_EXCEEDED where the search ends at its limit before it has found `limit` paths or all paths
 */
export function accessPaths(view: GraphView, from: EntityNumber, to: EntityNumber, limit: number): Step[][] {
  if (from === to || from === 0 || to === 0) return [];
  const level = HIGHEST[view.kindOf(from)] ?? 1;
  // In a partial view, load what the walk reaches first: the search back then stays in loaded data.
  if (view.isPartial) walk(view, { entity: from, level, asLive: true });
  const remaining = distancesTo(view, to, from);
  const found: Step[][] = [];
  const shown = new Set<string>();
  const queue = new PriorityQueue((a, b) => comparePartialPaths(view, a, b));
  const first = remaining.get(from);
  if (first === undefined) return [];
  queue.push({ entity: from, level, length: 0, estimate: first, step: null, before: null });
  for (let looked = 0; found.length < limit; looked += 1) {
    const beginning = queue.pop();
    if (beginning === undefined) break;
    if (looked === MAX_PARTIAL_PATHS) throw gaveUp(found.length);
    if (beginning.entity === to) {
      const steps = stepsOf(beginning);
      const name = steps.map((step) => `${codeType(step.code)}:${step.to}`).join('/');
      // Paths whose relationships differ only in permission count as one path.
      if (!shown.has(name)) found.push(steps);
      shown.add(name);
      continue;
    }
    expand(view, beginning, remaining, queue);
  }
  return found;
}

function gaveUp(found: number): TendrilError {
  const message =
    `The search has tried ${MAX_PARTIAL_PATHS} beginnings of paths between the two, and found ${found} whole paths. ` +
    `Ask for ${found === 0 ? 'a nearer pair of entities' : `${found} or fewer`}.`;
  return limitExceeded(message, 'pathBeginnings', MAX_PARTIAL_PATHS);
}

function expand(
  view: GraphView,
  beginning: PartialPath,
  remaining: ReadonlyMap<EntityNumber, number>,
  queue: PriorityQueue,
): void {
  const { entity, level, length } = beginning;
  eachStep(view, entity, level, beginning.before === null, (next, given, code, against) => {
    const left = remaining.get(next);
    if (left === undefined || passes(beginning, next)) return;
    queue.push({
      entity: next,
      level: given,
      length: length + 1,
      estimate: length + 1 + left,
      step: { from: entity, to: next, code, against },
      before: beginning,
    });
  });
}

function passes(beginning: PartialPath, entity: EntityNumber): boolean {
  for (let at: PartialPath | null = beginning; at !== null; at = at.before)
    if (at.entity === entity) return true;
  return false;
}

function stepsOf(beginning: PartialPath): Step[] {
  const steps: Step[] = [];
  for (let at: PartialPath | null = beginning; at?.step; at = at.before) steps.push(at.step);
  return steps.reverse();
}

/** The least number of steps from each entity to the target, whatever the levels on the path. */
function distancesTo(view: GraphView, target: EntityNumber, start: EntityNumber): Map<EntityNumber, number> {
  const distances = new Map<EntityNumber, number>([[target, 0]]);
  const fromStart = new Set<EntityNumber>();
  eachStep(view, start, HIGHEST[view.kindOf(start)] ?? 1, true, (next) => {
    fromStart.add(next);
  });
  let layer = [target];
  for (let distance = 1; layer.length > 0; distance += 1) {
    const next: EntityNumber[] = [];
    for (const entity of layer) {
      // The start counts as live, but the walk back does not give all steps of one that is not effective.
      if (fromStart.has(entity) && !distances.has(start)) distances.set(start, distance);
      eachStepBack(
        view,
        entity,
        1,
        (near) => {
          if (distances.has(near)) return;
          distances.set(near, distance);
          next.push(near);
        },
        view.isPartial,
      );
    }
    layer = next;
  }
  return distances;
}

/** By estimate, then by the sequence of steps; a partial path comes before those that continue it. */
function comparePartialPaths(view: GraphView, a: PartialPath, b: PartialPath): number {
  if (a.estimate !== b.estimate) return a.estimate - b.estimate;
  const left = stepsOf(a);
  const right = stepsOf(b);
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const x = left[at]!;
    const y = right[at]!;
    const order = TYPE_RANK[codeType(x.code)]! - TYPE_RANK[codeType(y.code)]! || view.compare(x.to, y.to);
    if (order !== 0) return order;
  }
  return left.length - right.length || byCode(left, right);
}

/** Of paths with equal names, the one with the highest permission, then the one with the arrow, comes first. */
function byCode(left: readonly Step[], right: readonly Step[]): number {
  for (const [at, { against, code }] of left.entries()) {
    const other = right[at]!;
    const order = other.code - code || Number(against) - Number(other.against);
    if (order !== 0) return order;
  }
  return 0;
}

/** A binary heap that gives the smallest item first. */
class PriorityQueue {
  private readonly heap: PartialPath[] = [];

  constructor(private readonly compare: (a: PartialPath, b: PartialPath) => number) {}

  push(item: PartialPath): void {
    const { heap } = this;
    let at = heap.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.compare(heap[parent]!, item) <= 0) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = item;
  }

  pop(): PartialPath | undefined {
    const { heap } = this;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.compare(heap[child + 1]!, heap[child]!) < 0) child += 1;
      if (this.compare(last, heap[child]!) <= 0) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return top;
  }
}
