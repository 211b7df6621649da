import { eachSustainer } from './sustaining.js';
import type { EntityNumber, GraphView } from './view.js';

/** What has to be known of a graph to tell what is effective in it. */
export type Sustaining = Pick<
  GraphView,
  'size' | 'isPartial' | 'isLive' | 'mayHaveSustainer' | 'eachOut' | 'eachIn'
>;

/**
 * Tells which entities are effective: live and sustained (semantics, section 1). An entity is effective where a chain of
 * live entities, each of which sustains the next, leads to it from one that nothing sustains, or from itself: two
 * things that sustain each other keep each other. So it searches such a chain upwards, and looks at each entity once.
 *
 * A state in which other entities are live has other effective entities: ask another one, made with that `isLive`.
 */
export class Effectiveness {
  /** By entity: whether it is effective, where that is known. Made when something is first searched. */
  private known: Uint8Array | undefined;
  private fetched: Set<EntityNumber> | undefined;

  constructor(private readonly graph: Sustaining) {}

  isEffective(entity: EntityNumber): boolean {
    return this.isKnown(entity) ?? this.search(entity);
  }

  /** What is known without a search; undefined: it depends on what sustains the entity. */
  private isKnown(entity: EntityNumber): boolean | undefined {
    const { graph, known } = this;
    if (!graph.isLive(entity)) return false;
    if (!graph.mayHaveSustainer(entity)) return true;
    const found = known?.[entity] ?? UNKNOWN;
    return found === UNKNOWN ? undefined : found === EFFECTIVE;
  }

  /** The rule on a walk, which comes from what sustains: an account before its tokens. Nothing has to be kept for it. */
  private hasKnownSustainer(entity: EntityNumber): boolean {
    let found = false;
    eachSustainer(this.graph, entity, (sustainer) => {
      found = this.isKnown(sustainer) === true;
      return found;
    });
    return found;
  }

  /** Depth first, without recursion: a chain may be as long as the graph is large. */
  private search(first: EntityNumber): boolean {
    this.known ??= new Uint8Array(this.graph.size);
    if (this.graph.isPartial === true) this.askForUpstream(first);
    else if (this.hasKnownSustainer(first)) {
      this.known[first] = EFFECTIVE;
      return true;
    }
    const chain: Link[] = [];
    const inChain = new Set<EntityNumber>();
    let entity = first;
    for (;;) {
      const sustainers = this.sustainersOf(entity);
      chain.push({ entity, sustainers, next: 0 });
      inChain.add(entity);
      if (sustainers.length === 0) return this.keep(chain);
      const more = this.nextUnknown(chain, inChain);
      if (more === 'EFFECTIVE') return this.keep(chain);
      if (more === 'NONE') return false;
      entity = more;
    }
  }

  /** The next entity to look at: the end of the chain is cut off as far as no effective entity sustains it. */
  private nextUnknown(chain: Link[], inChain: Set<EntityNumber>): EntityNumber | 'EFFECTIVE' | 'NONE' {
    for (let last = chain.at(-1); last !== undefined; last = chain.at(-1)) {
      while (last.next < last.sustainers.length) {
        const sustainer = last.sustainers[last.next]!;
        last.next += 1;
        const known = inChain.has(sustainer) || this.isKnown(sustainer);
        if (known === true) return 'EFFECTIVE';
        if (known === undefined) return sustainer;
      }
      this.known![last.entity] = NOT_EFFECTIVE;
      inChain.delete(last.entity);
      chain.pop();
    }
    return 'NONE';
  }

  /** Each of the chain is sustained by the one after it, so all of them are effective. */
  private keep(chain: readonly Link[]): true {
    for (const { entity } of chain) this.known![entity] = EFFECTIVE;
    return true;
  }

  private sustainersOf(entity: EntityNumber): EntityNumber[] {
    const sustainers: EntityNumber[] = [];
    eachSustainer(this.graph, entity, (sustainer) => {
      sustainers.push(sustainer);
    });
    return sustainers;
  }

  /**
   * Visits all that may be needed to tell, so that a view which has only a part of the graph notes at once all that it
   * lacks, and not one chain after the other.
   */
  private askForUpstream(first: EntityNumber): void {
    this.fetched ??= new Set();
    const queue = [first];
    for (let entity = queue.pop(); entity !== undefined; entity = queue.pop()) {
      if (this.fetched.has(entity) || this.isKnown(entity) !== undefined) continue;
      this.fetched.add(entity);
      queue.push(...this.sustainersOf(entity));
    }
  }
}

/** One entity of a chain, and what sustains it. */
interface Link {
  readonly entity: EntityNumber;
  readonly sustainers: readonly EntityNumber[];
  /** The place in `sustainers` of the next one to look at. */
  next: number;
}

const UNKNOWN = 0;
const EFFECTIVE = 1;
const NOT_EFFECTIVE = 2;
