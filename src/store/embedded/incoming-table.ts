import type { TimeSlice } from '../../async/time-slice.js';
import type { Connection } from './connection.js';

/** How many relationships are gathered before they are written in order. */
const GATHERED = 65_536;
const ROWS_PER_INSERT = 64;

const insertOf = (rows: number) =>
  `INSERT OR IGNORE INTO incoming (to_n, ident, from_n) VALUES ${Array(rows).fill('(?, ?, ?)')}`;
const INSERT_MANY = insertOf(ROWS_PER_INSERT);
const INSERT_ONE = insertOf(1);

/**
 * The relationships of a draft by the entity they arrive at. They are gathered and written in order of that
 * entity, because writing each where it belongs as it comes visits the whole table for every row.
 */
export class Incoming {
  private readonly rows = new Uint32Array(GATHERED * 3);
  private count = 0;

  constructor(private readonly connection: Connection) {}

  /** Whether `more` can be noted without a {@link flush}. */
  hasRoom(more: number): boolean {
    return this.count + more <= GATHERED;
  }

  /** Notes one; only where there is room. */
  add(from: number, ident: number, to: number): void {
    this.rows.set([to, ident, from], this.count * 3);
    this.count += 1;
  }

  /** Writes what was gathered. */
  async flush(slice: TimeSlice, pause: () => Promise<void>): Promise<void> {
    const order = this.order();
    this.count = 0;
    let at = 0;
    for (; at + ROWS_PER_INSERT <= order.length; at += ROWS_PER_INSERT) {
      this.connection.run(INSERT_MANY, ...this.values(order.subarray(at, at + ROWS_PER_INSERT)));
      if (slice.isOver) await pause();
    }
    for (; at < order.length; at += 1)
      this.connection.run(INSERT_ONE, ...this.values(order.subarray(at, at + 1)));
  }

  /** Places of the gathered rows, in order of the entity they arrive at. */
  private order(): Uint32Array {
    // Both fit the 53 bits of a double, and a typed array of doubles sorts several times faster than objects.
    const keys = new Float64Array(this.count);
    for (let at = 0; at < this.count; at += 1) keys[at] = (this.rows[at * 3] as number) * GATHERED + at;
    keys.sort();
    return Uint32Array.from(keys, (key) => key % GATHERED);
  }

  private values(places: Uint32Array): number[] {
    const values: number[] = [];
    for (const place of places) {
      const at = place * 3;
      values.push(this.rows[at] as number, this.rows[at + 1] as number, this.rows[at + 2] as number);
    }
    return values;
  }
}
