import { type Flow, MAX_FRONTIER } from '../../model/flow.js';
import { FETCHED_TOGETHER, NEXT_STEPS } from '../type-sets.js';
import type { EntityNumber } from '../view.js';
import type { PartialGraph } from './partial-graph.js';

/** A piece of the missing data: what one expansion of the store brings. */
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

  /** The entity with this id. */
  addId(id: string): void {
    this.names.add(id);
  }

  /** An entity where a query starts: no relationship led to it. Most queries go on from there by the walk. */
  addStart(entity: EntityNumber): void {
    this.addTypes(entity, 'out', NEXT_STEPS.out.types);
    this.addTypes(entity, 'into', NEXT_STEPS.into.types);
  }

  /** Number 0 is no entity. */
  addTypes(entity: EntityNumber, direction: 'out' | 'into', types: number): void {
    if (entity !== 0) this.of(entity)[direction] |= types;
  }

  /** The family of a token. */
  addFamily(token: EntityNumber): void {
    this.of(token).family = true;
  }

  /** In pieces of at most {@link MAX_FRONTIER} entities each, with what will be asked for next. */
  expansions(graph: PartialGraph): Expansion[] {
    const byFlow = new Map<string, { frontier: EntityNumber[]; flow: Flow }>();
    for (const [entity, lacking] of this.flows) {
      const looked = graph.fetchedTypes(entity);
      const more = (direction: 'out' | 'into') => {
        const needed = lacking[direction];
        const next = (needed & FETCHED_TOGETHER[direction]) === 0 ? 0 : FETCHED_TOGETHER[direction];
        return (needed | next) & ~looked[direction];
      };
      const onward = onwardOf(lacking);
      const flow = {
        out: more('out'),
        into: more('into'),
        family: lacking.family,
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

/** Where the walk goes on to, if it has just come to an entity, and so asks for all that it asks for. */
function onwardOf(lacking: Flow): Flow['onward'] {
  const walks = (NEXT_STEPS.out.types & ~lacking.out) === 0 && (NEXT_STEPS.into.types & ~lacking.into) === 0;
  return walks ? { out: NEXT_STEPS.out.types, into: NEXT_STEPS.into.types } : undefined;
}
