import type { Level } from '../../model/levels.js';
import type { Reached, ReachSet, Step } from '../answers.js';
import type { EntityNumber, GraphView } from '../view.js';

/**
 * The step by which each entity was first reached from a start. If entities are added in breadth-first order, each
 * has a shortest path along the relationships that were followed.
 */
export class PathTree {
  private readonly stepTo = new Map<EntityNumber, Step>();
  private readonly familyMates = new Map<EntityNumber, EntityNumber>();

  private readonly starts: readonly EntityNumber[];

  /** @param starts where paths begin: mostly one entity; several where a radius is about several people */
  constructor(...starts: readonly EntityNumber[]) {
    this.starts = starts;
  }

  /** A copy that can be extended without changing this tree. */
  copy(): PathTree {
    const next = new PathTree(...this.starts);
    for (const [entity, step] of this.stepTo) next.stepTo.set(entity, step);
    for (const [token, mate] of this.familyMates) next.familyMates.set(token, mate);
    return next;
  }

  has(entity: EntityNumber): boolean {
    return this.starts.includes(entity) || this.stepTo.has(entity) || this.familyMates.has(entity);
  }

  /** Adds a step unless its end is in the tree already; returns whether it was added. */
  add(step: Step): boolean {
    if (this.has(step.to)) return false;
    this.stepTo.set(step.to, step);
    return true;
  }

  /** Adds a token that was reached because of another token of its family, which no relationship shows. */
  addMate(token: EntityNumber, mate: EntityNumber): boolean {
    if (this.has(token)) return false;
    this.familyMates.set(token, mate);
    return true;
  }

  mateOf(token: EntityNumber): EntityNumber {
    return this.familyMates.get(token) ?? 0;
  }

  /** The steps from the start; for a token that was added by its family, those to the other token. */
  pathTo(entity: EntityNumber): Step[] {
    const steps: Step[] = [];
    let at = entity;
    while (!this.starts.includes(at)) {
      const step = this.stepTo.get(at);
      if (step !== undefined) steps.push(step);
      const next = step?.from ?? this.familyMates.get(at);
      if (next === undefined) break;
      at = next;
    }
    return steps.reverse();
  }
}

/** A set without levels, with a path that explains each member. */
export class PathTreeSet implements ReachSet {
  readonly members: readonly Reached[];
  private readonly entities: ReadonlySet<EntityNumber>;

  constructor(
    view: GraphView,
    entities: Iterable<EntityNumber>,
    private readonly explaining: Pick<PathTree, 'pathTo'>,
  ) {
    this.entities = new Set(entities);
    this.members = [...this.entities]
      .map((entity) => ({ entity, level: 0 as Level, distance: explaining.pathTo(entity).length }))
      .sort((a, b) => a.distance - b.distance || view.compare(a.entity, b.entity));
  }

  has(entity: EntityNumber): boolean {
    return this.entities.has(entity);
  }

  pathTo(entity: EntityNumber): Step[] {
    return this.entities.has(entity) ? this.explaining.pathTo(entity) : [];
  }
}
