import { existsSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

/**
 * Which compiled test files the words of a command line mean: a test file (`test/graph/radii/orphans.test.ts`), a folder
 * (`test/graph`), or the beginning of either (`test/cli/offboard`), each also as it lies under `build/`. Words that
 * begin with `-` are options of Jest.
 */
export interface Chosen {
  /** Paths for Jest; empty for everything. */
  readonly patterns: readonly string[];
  /** Words that no test file matches. */
  readonly unmatched: readonly string[];
}

/** @param root the project's folder, with `build/` below it */
export function chooseTests(root: string, words: readonly string[]): Chosen {
  const files = compiledTests(join(root, 'build/test')).map((file) => posix.join('build/test', file));
  const paths = words.filter((word) => !word.startsWith('-'));
  const unmatched = paths.filter((word) => !files.some((file) => file.startsWith(compiled(word))));
  return { patterns: paths.map(compiled), unmatched };
}

/** Where the compiler puts what a word names. */
function compiled(word: string): string {
  const plain = word.replace(/^\.\//, '').replace(/\.ts$/, '.js');
  return plain.startsWith('build/') ? plain : posix.join('build', plain);
}

function compiledTests(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.test.js'));
}
