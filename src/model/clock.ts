import type { Millis } from './time.js';

/** Gives the present time: that of the system, or a fixed one for tests and demonstrations. */
export interface Clock {
  now(): Millis;
}

/** A fixed time, or a function that gives the time when it is needed. */
export type When = Millis | (() => Millis);

export function momentOf(when: When): Millis {
  return typeof when === 'number' ? when : when();
}
