import { RULES } from '../../src/model/relationships.js';
import { codeType, type GraphRows } from '../../src/model/rows.js';

/** Neighbours in one direction, in the layout of the index: compressed sparse rows in typed arrays. */
export interface BareRows {
  readonly start: Uint32Array;
  readonly other: Uint32Array;
  readonly code: Uint16Array;
}

export interface BareGraph {
  readonly out: BareRows;
  readonly into: BareRows;
  /** Every entity number is below it. */
  readonly size: number;
}

/** The least there is to do to have the relationships of a state by both of their ends. */
export function bareGraph(batches: readonly GraphRows[]): BareGraph {
  const total = batches.reduce((sum, { relationships }) => sum + relationships.count, 0);
  const from = new Uint32Array(total);
  const to = new Uint32Array(total);
  const code = new Uint16Array(total);
  let at = 0;
  let size = 0;
  for (const { entities, relationships } of batches) {
    for (let row = 0; row < entities.count; row += 1) size = Math.max(size, entities.entity[row]! + 1);
    from.set(relationships.from.subarray(0, relationships.count), at);
    to.set(relationships.to.subarray(0, relationships.count), at);
    code.set(relationships.code.subarray(0, relationships.count), at);
    at += relationships.count;
  }
  return { out: compress(from, to, code, size), into: compress(to, from, code, size), size };
}

function compress(at: Uint32Array, other: Uint32Array, code: Uint16Array, size: number): BareRows {
  const start = new Uint32Array(size + 2);
  for (const entity of at) start[entity + 2]! += 1;
  for (let n = 2; n < start.length; n += 1) start[n]! += start[n - 1]!;
  const rows = { start, other: new Uint32Array(at.length), code: new Uint16Array(at.length) };
  for (let i = 0; i < at.length; i += 1) {
    // Each place is taken where the row of the entity goes on, which ends where the next row begins.
    const place = start[at[i]! + 1]!++;
    rows.other[place] = other[i]!;
    rows.code[place] = code[i]!;
  }
  return rows;
}

/** A bit for each type that is walked with its arrow, or against it. */
const OUT = walked('BACKWARD');
const INTO = walked('FORWARD');

function walked(never: 'FORWARD' | 'BACKWARD'): number {
  return RULES.reduce(
    (bits, { walk }, type) => (walk !== null && walk.direction !== never ? bits | (1 << type) : bits),
    0,
  );
}

/**
 * A bare breadth-first walk over the typed arrays: no levels, no liveness, no depths, no paths. It is told
 * beforehand which entities the real walk reaches, so that it reaches the same ones and not more.
 */
export class BareWalk {
  private readonly open: Uint8Array;
  private readonly queue: Uint32Array;

  constructor(private readonly graph: BareGraph) {
    this.open = new Uint8Array(graph.size);
    this.queue = new Uint32Array(graph.size);
  }

  /** Lets the next walk step onto these entities. */
  allow(entities: Iterable<number>): void {
    for (const entity of entities) this.open[entity] = 1;
  }

  /** Gives how many entities it reached. */
  from(entity: number): number {
    const { open, queue, graph } = this;
    open[entity] = 0;
    queue[0] = entity;
    let reached = 1;
    for (let at = 0; at < reached; at += 1) {
      reached = this.step(graph.out, OUT, queue[at]!, reached);
      reached = this.step(graph.into, INTO, queue[at]!, reached);
    }
    return reached;
  }

  private step({ start, other, code }: BareRows, types: number, entity: number, reached: number): number {
    const { open, queue } = this;
    let count = reached;
    const end = start[entity + 1]!;
    for (let i = start[entity]!; i < end; i += 1) {
      const next = other[i]!;
      if (open[next] === 0 || ((types >>> codeType(code[i]!)) & 1) === 0) continue;
      open[next] = 0;
      queue[count] = next;
      count += 1;
    }
    return count;
  }
}
