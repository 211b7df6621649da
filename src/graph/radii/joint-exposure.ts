import { codeType } from '../../model/rows.js';
import type { Reached, ReachSet, Step } from '../answers.js';
import { TYPE_RANK } from '../relationship-types.js';
import type { EntityNumber, GraphView } from '../view.js';
import { exposureOf } from './exposure.js';

/**
 * E of several humans who count as one (semantics, section 3): what any of them reaches, each entity with the highest
 * level at which one of them reaches it, by the shortest way to that level.
 *
 * @param humans in order of id: of two equal ways the first human's is taken
 */
export function jointExposureOf(view: GraphView, humans: readonly EntityNumber[]): ReachSet {
  const [only] = humans;
  if (only !== undefined && humans.length === 1) return exposureOf(view, only);
  return new JointExposure(
    view,
    humans.map((human) => exposureOf(view, human)),
  );
}

class JointExposure implements ReachSet {
  readonly members: readonly Reached[];
  /** The exposures that have an entity at its highest level and shortest distance. */
  private readonly nearest = new Map<EntityNumber, { reached: Reached; sets: ReachSet[] }>();

  constructor(
    private readonly view: GraphView,
    sets: readonly ReachSet[],
  ) {
    for (const set of sets) for (const reached of set.members) this.take(reached, set);
    this.members = [...this.nearest.values()]
      .map(({ reached }) => reached)
      .sort((a, b) => a.distance - b.distance || view.compare(a.entity, b.entity));
  }

  has(entity: EntityNumber): boolean {
    return this.nearest.has(entity);
  }

  pathTo(entity: EntityNumber): Step[] {
    const paths = this.nearest.get(entity)?.sets.map((set) => set.pathTo(entity)) ?? [];
    return paths.reduce((best, path) => (this.compare(path, best) < 0 ? path : best), paths[0] ?? []);
  }

  private take(reached: Reached, set: ReachSet): void {
    const known = this.nearest.get(reached.entity);
    const nearer =
      known === undefined
        ? -1
        : known.reached.level - reached.level || reached.distance - known.reached.distance;
    if (nearer < 0) this.nearest.set(reached.entity, { reached, sets: [set] });
    else if (nearer === 0) known!.sets.push(set);
  }

  /** Compares two paths of one length by the sequence of (relationship type, entity id). */
  private compare(a: readonly Step[], b: readonly Step[]): number {
    for (const [at, step] of a.entries()) {
      const other = b[at]!;
      const order =
        TYPE_RANK[codeType(step.code)]! - TYPE_RANK[codeType(other.code)]! ||
        this.view.compare(step.to, other.to);
      if (order !== 0) return order;
    }
    return 0;
  }
}
