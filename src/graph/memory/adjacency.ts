import { neighbourKey, neighbourOf } from '../neighbour-key.js';
import type { EntityNumber, Visit } from '../view.js';

/** All neighbours of one entity whose relationships have changed since the rows were compressed. */
interface Patch {
  readonly other: Uint32Array;
  readonly code: Uint16Array;
}

/** The relationships of one entity that changed: by {@link neighbourKey}, the new code, or {@link GONE}. */
export type Changes = Map<number, number>;

/** In {@link Changes}: the relationship has ended. */
export const GONE = -1;

/**
 * The neighbours of all entities in one direction, as compressed sparse rows (CSR), with an overlay for the entities
 * that changed since. A value never changes; {@link with} gives the next one, and folds the overlay into the rows when
 * it has grown large.
 */
export class Adjacency {
  private constructor(
    private readonly start: Uint32Array,
    private readonly other: Uint32Array,
    private readonly code: Uint16Array,
    private readonly patches: ReadonlyMap<EntityNumber, Patch>,
    private readonly patched: number,
  ) {}

  /** Compresses `count` relationships; `at` has the end to whose row each belongs. */
  static compress(
    at: Uint32Array,
    other: Uint32Array,
    code: Uint16Array,
    count: number,
    size: number,
  ): Adjacency {
    const start = new Uint32Array(size + 2);
    for (let i = 0; i < count; i += 1) start[at[i]! + 2]! += 1;
    for (let n = 2; n < start.length; n += 1) start[n]! += start[n - 1]!;
    const others = new Uint32Array(count);
    const codes = new Uint16Array(count);
    // While row n is filled, start[n + 1] moves from the row's first place to its end, where row n + 1 begins.
    for (let i = 0; i < count; i += 1) {
      const place = start[at[i]! + 1]!++;
      others[place] = other[i]!;
      codes[place] = code[i]!;
    }
    return new Adjacency(start, others, codes, new Map(), 0);
  }

  /** How many relationships the compressed rows have. The size of the overlay is judged by it. */
  get count(): number {
    return this.other.length;
  }

  /** Visits the neighbours of an entity until the visitor returns true. */
  each(entity: EntityNumber, visit: Visit): void {
    const patch = this.patched === 0 ? undefined : this.patches.get(entity);
    if (patch === undefined) {
      if (entity + 1 >= this.start.length) return;
      const end = this.start[entity + 1]!;
      for (let i = this.start[entity]!; i < end; i += 1) if (visit(this.other[i]!, this.code[i]!)) return;
      return;
    }
    for (let i = 0; i < patch.other.length; i += 1) if (visit(patch.other[i]!, patch.code[i]!)) return;
  }

  /** The rows with changes laid over them. `size`: every entity number is below it. */
  with(changes: ReadonlyMap<EntityNumber, Changes>, size: number): Adjacency {
    const patches = new Map(this.patches);
    let patched = this.patched;
    for (const [entity, changed] of changes) {
      patched -= patches.get(entity)?.other.length ?? 0;
      const patch = this.patch(entity, changed);
      patches.set(entity, patch);
      patched += patch.other.length + 1;
    }
    const next = new Adjacency(this.start, this.other, this.code, patches, patched);
    return patched > Math.max(FOLD_AT_LEAST, this.count / 8) ? next.fold(size) : next;
  }

  private patch(entity: EntityNumber, changed: Changes): Patch {
    const others: number[] = [];
    const codes: number[] = [];
    this.each(entity, (other, code) => {
      if (changed.has(neighbourKey(other, code))) return;
      others.push(other);
      codes.push(code);
    });
    for (const [key, code] of changed) {
      if (code === GONE) continue;
      others.push(neighbourOf(key));
      codes.push(code);
    }
    return { other: Uint32Array.from(others), code: Uint16Array.from(codes) };
  }

  private fold(size: number): Adjacency {
    const start = new Uint32Array(size + 2);
    for (let n = 0; n < size; n += 1) {
      let degree = 0;
      this.each(n, () => {
        degree += 1;
      });
      start[n + 1] = start[n]! + degree;
    }
    start[size + 1] = start[size]!;
    const others = new Uint32Array(start[size]!);
    const codes = new Uint16Array(start[size]!);
    let place = 0;
    for (let n = 0; n < size; n += 1) {
      this.each(n, (other, code) => {
        others[place] = other;
        codes[place] = code;
        place += 1;
      });
    }
    return new Adjacency(start, others, codes, new Map(), 0);
  }
}

/** Below this many patched neighbours, folding costs more than the look-ups in the overlay. */
const FOLD_AT_LEAST = 50_000;
