import { type Flow, MAX_FRONTIER } from '../../model/flow.js';
import { FETCHED_TOGETHER, NEXT_STEPS, SUSTAINERS } from '../type-sets.js';
import type { EntityNumber } from '../view.js';
import type { PartialGraph } from './partial-graph.js';

/** A part of the missing data, small enough for one expansion of the store. */
export interface Expansion {
  readonly frontier: readonly EntityNumber[];
  readonly flow: Flow;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The data that a query needed and that was not fetched yet. */
export class MissingData {
  private readonly flows = new Map<EntityNumber, Mutable<Flow>>();
  private readonly names = new Set<string>();

  get size(): number {
    return this.flows.size + this.names.size;
  }

  /** Ids whose entities have not been looked up yet. */
  get ids(): readonly string[] {
    return [...this.names];
  }

  /** The number of the entity with this id is missing. */
  addId(id: string): void {
    this.names.add(id);
  }

  /** An entity where a query starts is missing: no relationship led to it. Most queries follow the walk from there. */
  addStart(entity: EntityNumber): void {
    this.addTypes(entity, 'out', NEXT_STEPS.out.types);
    this.addTypes(entity, 'into', NEXT_STEPS.into.types);
  }

  /** The relationships of an entity are missing: those of some types, in one direction. Number 0 is no entity. */
  addTypes(entity: EntityNumber, direction: 'out' | 'into', types: number): void {
    if (entity !== 0) this.of(entity)[direction] |= types;
  }

  /** The other members of a token's family are missing. */
  addFamily(token: EntityNumber): void {
    this.of(token).family = true;
  }

  /**
   * The expansions that fetch the missing data, of at most {@link MAX_FRONTIER} entities each. They also fetch the
   * types that a query usually needs next.
   */
  expansions(graph: PartialGraph): Expansion[] {
    const byFlow = new Map<string, { frontier: EntityNumber[]; flow: Flow }>();
    for (const [entity, missing] of this.flows) {
      const fetched = graph.fetchedTypes(entity);
      const more = (direction: 'out' | 'into') => {
        const needed = missing[direction];
        const together =
          FETCHED_TOGETHER[direction] | (graph.mayHaveSustainers ? SUSTAINERS[direction].types : 0);
        return (needed | ((needed & together) === 0 ? 0 : together)) & ~fetched[direction];
      };
      const onward = onwardOf(missing);
      const flow = {
        out: more('out'),
        into: more('into'),
        family: missing.family,
        ...(onward && { onward }),
      };
      const key = `${flow.out} ${flow.into} ${flow.family} ${onward?.out}`;
      const group = byFlow.get(key);
      if (group === undefined) byFlow.set(key, { frontier: [entity], flow });
      else group.frontier.push(entity);
    }
    return [...byFlow.values()].flatMap(({ frontier, flow }) =>
      Array.from({ length: Math.ceil(frontier.length / MAX_FRONTIER) }, (_, at) => ({
        frontier: frontier.slice(at * MAX_FRONTIER, (at + 1) * MAX_FRONTIER),
        flow,
      })),
    );
  }

  private of(entity: EntityNumber): Mutable<Flow> {
    let flow = this.flows.get(entity);
    if (flow === undefined) {
      flow = { out: 0, into: 0, family: false };
      this.flows.set(entity, flow);
    }
    return flow;
  }
}

/**
 * The types that the walk follows next. Only where it is the walk that needs an entity: then all its types are
 * missing.
 */
function onwardOf(missing: Flow): Flow['onward'] {
  const walks = (NEXT_STEPS.out.types & ~missing.out) === 0 && (NEXT_STEPS.into.types & ~missing.into) === 0;
  return walks ? { out: NEXT_STEPS.out.types, into: NEXT_STEPS.into.types } : undefined;
}
