import { InvalidArgumentError, Option } from 'commander';
import { formatTime, type Millis, parseTime } from '../model/time.js';

/** Reads a whole number of at least `least` (and at most `most`) for commander. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    const bound = most === Number.MAX_SAFE_INTEGER ? `from ${least} up` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`Give a whole number ${bound}.`);
  };
}

/** Reads an ISO 8601 time for commander. */
export function time(text: string): Millis {
  const at = parseTime(text);
  if (at !== undefined) return at;
  throw new InvalidArgumentError('Give an ISO 8601 time, for example 2026-11-01 or 2026-11-01T09:30:00Z.');
}

/** Holds what was given to be an ISO 8601 time, and hands it on as it is: a bare date may mean the end of its day. */
export function timeAsGiven(text: string): string {
  time(text);
  return text;
}

/** `--as-of`, on every question that has it. */
export function asOfOption(): Option {
  return new Option('--as-of <time>', 'the graph as it was recorded at that moment (ISO 8601)').argParser(
    time,
  );
}

/** The variable `asOf` of a query; left out, it asks about now. */
export function asOfVariable(asOf: Millis | undefined): { readonly asOf?: string } {
  return asOf === undefined ? {} : { asOf: formatTime(asOf) };
}
