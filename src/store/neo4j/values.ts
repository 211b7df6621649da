import neo4j, { type DateTime, type Integer } from 'neo4j-driver';
import type { Millis } from '../../model/time.js';

/** What goes to the server and comes back. JavaScript numbers would arrive there as floats. */

export const whole = (value: number): Integer => neo4j.int(value);

export const wholes = (values: Iterable<number>): Integer[] => Array.from(values, whole);

export const wholeOrNull = (value: number | null): Integer | null => (value === null ? null : whole(value));

/** A moment as people see it in Neo4j Browser, in UTC. */
export function dateTime(at: Millis): DateTime<number> {
  const date = new Date(at);
  return new neo4j.types.DateTime<number>(
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    date.getUTCMilliseconds() * 1_000_000,
    0,
  );
}
