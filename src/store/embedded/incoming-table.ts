import type { TimeSlice } from '../../async/time-slice.js';
import type { Connection } from './connection.js';

/** How many relationships are buffered before they are sorted and written. */
const BUFFER_SIZE = 65_536;
const ROWS_PER_INSERT = 64;

const insertOf = (rows: number) =>
  `INSERT OR IGNORE INTO incoming (to_n, ident, from_n) VALUES ${Array(rows).fill('(?, ?, ?)')}`;
const INSERT_MANY = insertOf(ROWS_PER_INSERT);
const INSERT_ONE = insertOf(1);

/**
 * The relationships of a draft by the entity at which they arrive. They are buffered, and written sorted by that
 * entity, because unsorted writes would touch pages all over the table.
 */
export class Incoming {
  private readonly rows = new Uint32Array(BUFFER_SIZE * 3);
  private count = 0;

  constructor(private readonly connection: Connection) {}

  /** Whether `more` relationships fit without a {@link flush}. */
  hasRoom(more: number): boolean {
    return this.count + more <= BUFFER_SIZE;
  }

  /** Adds a relationship. The caller has checked that there is room. */
  add(from: number, ident: number, to: number): void {
    this.rows.set([to, ident, from], this.count * 3);
    this.count += 1;
  }

  /** Writes the buffered relationships. */
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

  /** The places of the buffered rows, sorted by the entity at which they arrive. */
  private order(): Uint32Array {
    // Both fit the 53 bits of a double, and a typed array of doubles sorts several times faster than objects.
    const keys = new Float64Array(this.count);
    for (let at = 0; at < this.count; at += 1) keys[at] = (this.rows[at * 3] as number) * BUFFER_SIZE + at;
    keys.sort();
    return Uint32Array.from(keys, (key) => key % BUFFER_SIZE);
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
