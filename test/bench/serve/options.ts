import { parseArgs } from 'node:util';

/** How large and how long a measurement under load is. */
export interface ServeOptions {
  readonly humans: number;
  /** About how many relationships are imported while others read. */
  readonly relationships: number;
  /** Seconds that each table row is measured for. */
  readonly seconds: number;
  /** Minutes of load while memory is watched. */
  readonly minutes: number;
  /** Connections that ask at one time. */
  readonly connections: number;
}

export const USAGE =
  'usage: npm run bench:serve -- [--humans 10000] [--relationships 1e5] [--seconds 15] [--minutes 10] [--connections 10]';

const DEFAULTS = { humans: 10_000, relationships: 1e5, seconds: 15, minutes: 10, connections: 10 };

/** Most of each: nobody means more, and the machine is other people's as well. */
const MOST = { humans: 50_000, relationships: 1e6, seconds: 120, minutes: 60, connections: 60 };

/** Reads the arguments. @throws Error, with a sentence, for what cannot be understood */
export function readServeOptions(args: readonly string[]): ServeOptions {
  const names = Object.keys(DEFAULTS) as (keyof ServeOptions)[];
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const { values } = parseArgs({ args: [...args], options });
  const read = (name: keyof ServeOptions): number => {
    const text = values[name];
    if (typeof text !== 'string') return DEFAULTS[name];
    const value = Number(text);
    if (value > 0 && value <= MOST[name]) return value;
    throw new Error(`--${name} is a number up to ${MOST[name]}; ${text} is none.`);
  };
  return {
    humans: read('humans'),
    relationships: read('relationships'),
    seconds: read('seconds'),
    minutes: read('minutes'),
    connections: read('connections'),
  };
}
