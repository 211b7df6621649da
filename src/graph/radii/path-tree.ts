import type { Level } from '../../model/levels.js';
import type { Reached, ReachSet, Step } from '../answers.js';
import type { EntityNumber, GraphView } from '../view.js';

/**
 * How a rule reached each entity: the step that came first. What is added in breadth-first order has the
 * shortest path along the relationships that the rule follows.
 */
export class PathTree {
  private readonly stepTo = new Map<EntityNumber, Step>();
  private readonly familyMates = new Map<EntityNumber, EntityNumber>();

  constructor(readonly start: EntityNumber) {}

  /** A copy that can go on without changing this one. */
  copy(): PathTree {
    const next = new PathTree(this.start);
    for (const [entity, step] of this.stepTo) next.stepTo.set(entity, step);
    for (const [token, mate] of this.familyMates) next.familyMates.set(token, mate);
    return next;
  }

  has(entity: EntityNumber): boolean {
    return entity === this.start || this.stepTo.has(entity) || this.familyMates.has(entity);
  }

  /** Remembers a step unless its end is known already; tells whether it was news. */
  add(step: Step): boolean {
    if (this.has(step.to)) return false;
    this.stepTo.set(step.to, step);
    return true;
  }

  /** Remembers that a token came in by its family, which no relationship shows. */
  addMate(token: EntityNumber, mate: EntityNumber): boolean {
    if (this.has(token)) return false;
    this.familyMates.set(token, mate);
    return true;
  }

  mateOf(token: EntityNumber): EntityNumber {
    return this.familyMates.get(token) ?? 0;
  }

  /** Steps from the start; where it came in by its family, those to the family's token that brought it. */
  pathTo(entity: EntityNumber): Step[] {
    const steps: Step[] = [];
    let at = entity;
    while (at !== this.start) {
      const step = this.stepTo.get(at);
      if (step !== undefined) steps.push(step);
      const next = step?.from ?? this.familyMates.get(at);
      if (next === undefined) break;
      at = next;
    }
    return steps.reverse();
  }
}

/** A set without levels whose members are explained by paths. */
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
