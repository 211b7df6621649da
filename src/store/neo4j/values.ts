import neo4j, { type Integer } from 'neo4j-driver';

/** Integers for the server, where JavaScript numbers would arrive as floats. */

export const whole = (value: number): Integer => neo4j.int(value);

export const wholes = (values: Iterable<number>): Integer[] => Array.from(values, whole);

export const wholeOrNull = (value: number | null): Integer | null => (value === null ? null : whole(value));
