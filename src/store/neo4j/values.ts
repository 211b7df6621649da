import neo4j, { type Integer } from 'neo4j-driver';

/** Integers for the server, where JavaScript numbers would arrive as floats. */

export const integer = (value: number): Integer => neo4j.int(value);

export const integers = (values: Iterable<number>): Integer[] => Array.from(values, integer);

export const integerOrNull = (value: number | null): Integer | null =>
  value === null ? null : integer(value);
