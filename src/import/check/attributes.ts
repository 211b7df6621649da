import { MAX_NESTING } from '../base/limits.js';
import type { Flaw } from '../base/problems.js';
import { pathTo } from './leaves.js';

interface Waiting {
  readonly path: string;
  readonly value: unknown;
  /** How many objects and lists it is in. */
  readonly depth: number;
}

/**
 * Flaws of values in `attributes` that cannot be kept exactly: values nested so deep that reading them would overflow
 * the stack, and numbers that JSON can express and a double cannot (`1e999`, integers from 2^53 on).
 */
export function attributeFlaws(attributes: unknown): Flaw[] {
  if (typeof attributes !== 'object' || attributes === null) return [];
  const flaws: Flaw[] = [];
  const waiting: Waiting[] = [{ path: 'attributes', value: attributes, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, value, depth } = next;
    if (typeof value === 'number') {
      if (!isKept(value))
        flaws.push(bad(path, 'This number is too large to be kept exactly: send it as a text.'));
      continue;
    }
    if (typeof value !== 'object' || value === null) continue;
    if (depth === MAX_NESTING) return [bad('attributes', `Attributes may nest ${MAX_NESTING} deep.`)];
    for (const one of within(value, path, depth + 1)) waiting.push(one);
  }
  return flaws;
}

/** The values in an object or a list that need a check, last first. Texts need none, and most values are texts. */
function within(value: object, path: string, depth: number): Waiting[] {
  const found: Waiting[] = [];
  const entries = Object.entries(value) as [string, unknown][];
  for (const [at, [name, inner]] of entries.entries()) {
    if (typeof inner !== 'object' && typeof inner !== 'number') continue;
    found.push({
      path: Array.isArray(value) ? `${path}[${at}]` : pathTo(path, name, at),
      value: inner,
      depth,
    });
  }
  return found.reverse();
}

function isKept(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

function bad(field: string, message: string): Flaw {
  return { field, rule: 'BAD_PROPERTY', message };
}
