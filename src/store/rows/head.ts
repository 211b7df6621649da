import type { Head, Revision } from '../../model/revision.js';
import type { Millis } from '../../model/time.js';

/** A revision and its time. */
export type HeadRow = [revision: Revision, at: Millis];

/** Reads the row of a head; undefined: the store has no revision yet. */
export function asHead(row: HeadRow | undefined): Head {
  return row === undefined ? { revision: 0, at: 0 } : { revision: row[0], at: row[1] };
}
