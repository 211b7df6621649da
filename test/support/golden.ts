import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import { root } from '../house/files.js';

/**
 * Golden files hold what the program printed when somebody last read it. One switch writes all of them anew:
 * `npm run golden` sets it. The difference is then read like any other change.
 */
export const writesGolden = process.env.GOLDEN === 'write';

/**
 * Holds a text against a golden file, or writes the file anew and says that it moved.
 *
 * @param file its path, from the root of the project or absolute
 */
export function expectGolden(file: string, text: string): void {
  const path = resolve(root, file);
  if (writesGolden) writeGolden(path, text);
  expect(readFileSync(path, 'utf8')).toBe(text);
}

/** Writes a golden file where it differs, and says so on standard error. @param file as above */
export function writeGolden(file: string, text: string): void {
  const path = resolve(root, file);
  if (existsSync(path) && isSame(path, readFileSync(path, 'utf8'), text)) return;
  writeFileSync(path, text);
  process.stderr.write(`golden: ${relative(root, path)} has moved\n`);
}

/** JSON is the same where its values are: how it is laid out is the formatter's work. */
function isSame(path: string, before: string, now: string): boolean {
  if (before === now || !path.endsWith('.json')) return before === now;
  return isDeepStrictEqual(JSON.parse(before), JSON.parse(now));
}
