import type { Millis } from './time.js';

/** Gives the present time: that of the system, or a fixed one for tests and demonstrations. */
export interface Clock {
  now(): Millis;
}

/** Whether a process goes by the system's clock or by a fixed one (`TENDRIL_CLOCK`), whatever time that shows. */
export const CLOCK_KINDS = ['SYSTEM', 'FIXED'] as const;
export type ClockKind = (typeof CLOCK_KINDS)[number];

/** A fixed time, or a function that gives the time when it is needed. */
export type When = Millis | (() => Millis);

export function momentOf(when: When): Millis {
  return typeof when === 'number' ? when : when();
}
