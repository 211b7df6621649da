import type { Millis } from './time.js';

/** Where "now" comes from: the system, or a fixed time for tests and demonstrations. */
export interface Clock {
  now(): Millis;
}
