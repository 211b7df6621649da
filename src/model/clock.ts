import type { Millis } from './time.js';

/** Where "now" comes from: the system, or a fixed time for tests and demonstrations. */
export interface Clock {
  now(): Millis;
}

/** A moment that is given, or the way to ask for it when it is wanted. */
export type When = Millis | (() => Millis);

export function momentOf(when: When): Millis {
  return typeof when === 'number' ? when : when();
}
