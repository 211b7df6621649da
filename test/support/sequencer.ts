import { createRequire } from 'node:module';

/** What Jest orders by: the path of a file of tests. */
interface File {
  readonly path: string;
}

interface Sequencer {
  sort(tests: readonly File[]): readonly File[] | Promise<readonly File[]>;
}

const require = createRequire(import.meta.url);
const { default: Usual } = require('@jest/test-sequencer') as {
  default: new (options: unknown) => Sequencer;
};

/** Files that take longest, the longest first: what is begun last would otherwise be waited for alone. */
const LONGEST = [
  /contract\/neo4j/,
  /property\/radii/,
  /e2e\/neo4j\/killed/,
  /property\/offboarding\/offboarding/,
];

const rankOf = ({ path }: File): number => {
  const at = LONGEST.findIndex((pattern) => pattern.test(path));
  return at === -1 ? LONGEST.length : at;
};

/** The usual order, but for the longest, which begin first. */
export default class LongestFirst extends Usual {
  override async sort(tests: readonly File[]): Promise<readonly File[]> {
    const usual = await super.sort(tests);
    return [...usual].sort((a, b) => rankOf(a) - rankOf(b));
  }
}
