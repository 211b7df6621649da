import { InvalidArgumentError } from 'commander';
import { readConfig } from '../config.js';
import { formatTime, type Millis } from '../model/time.js';
import type { Context } from './context.js';

const HOUR = 3_600_000;
const UNITS: Readonly<Record<string, Millis>> = {
  h: HOUR,
  d: 24 * HOUR,
  w: 7 * 24 * HOUR,
  y: 365 * 24 * HOUR,
};

/** Reads a length of time for commander. */
export function duration(text: string): Millis {
  const [, number, unit] = /^(\d{1,5})([hdwy])$/i.exec(text) ?? [];
  if (number === undefined || unit === undefined) {
    throw new InvalidArgumentError('Give a number with h, d, w or y, for example 90d.');
  }
  return Number(number) * (UNITS[unit.toLowerCase()] ?? 0);
}

/** The present time, or that of `TENDRIL_CLOCK`. */
const now = (context: Context): Millis => readConfig(context.environment).clock ?? Date.now();

/** The moment this long ago, as a variable of a query; undefined where no length was given. */
export function before(context: Context, span: Millis | undefined): string | undefined {
  return span === undefined ? undefined : formatTime(now(context) - span);
}

/** The moment this far ahead. */
export function within(context: Context, span: Millis | undefined): string | undefined {
  return span === undefined ? undefined : formatTime(now(context) + span);
}
