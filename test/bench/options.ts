import { parseArgs } from 'node:util';

/** What can be measured; a store is imported for all of them. */
export const PARTS = ['import', 'index', 'radius', 'ranking', 'planning', 'http', 'neo4j'] as const;
export type Part = (typeof PARTS)[number];

export interface BenchOptions {
  readonly parts: readonly Part[];
  /** About how many relationships each company has. */
  readonly sizes: readonly number[];
}

const SIZES = [1e4, 1e5, 1e6];
/** Takes some ten minutes and some gigabytes of disk, so it is asked for by name. */
const HUGE = 1e7;
/** Starts a server and takes some minutes, so it is asked for by name. */
export const USUAL = PARTS.filter((part) => part !== 'neo4j');

/** Below this there are too few people to ask about. */
const SMALLEST = 1e3;

export const USAGE = `usage: npm run bench -- [--only ${PARTS.join(',')}] [--sizes 1e4,1e5] [--huge]`;

/** Reads the arguments. @throws Error, with a sentence, for what cannot be understood */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string' }, sizes: { type: 'string' }, huge: { type: 'boolean' } },
  });
  const sizes = values.sizes?.split(',').map(readSize) ?? SIZES;
  return {
    parts: values.only?.split(',').map(readPart) ?? USUAL,
    sizes: values.huge ? [...sizes, HUGE] : sizes,
  };
}

function readPart(name: string): Part {
  const part = PARTS.find((known) => known === name);
  if (part === undefined) throw new Error(`There is no part ${name}; there are ${PARTS.join(', ')}.`);
  return part;
}

function readSize(text: string): number {
  const size = Number(text);
  if (Number.isInteger(size) && size >= SMALLEST && size <= HUGE) return size;
  throw new Error(`A size is a number of relationships, ${SMALLEST} to ${HUGE}; ${text} is none.`);
}
