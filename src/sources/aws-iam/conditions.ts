import type { Millis } from '../../model/time.js';
import { parseTime } from '../../model/time.js';
import type { JsonRecord } from './json.js';

/** The longest session of AWS: a token that was issued longer ago has expired. */
const LONGEST_SESSION: Millis = 36 * 3_600_000;

const texts = (value: unknown) => (Array.isArray(value) ? value : [value]).map(String);

function* tests(condition: JsonRecord): Generator<[operator: string, key: string, values: string[]]> {
  for (const [operator, keys] of Object.entries(condition)) {
    if (typeof keys !== 'object' || keys === null) continue;
    for (const [key, value] of Object.entries(keys)) {
      yield [operator.toLowerCase(), key.toLowerCase(), texts(value)];
    }
  }
}

/**
 * Whether a condition can never hold again: it requires that the request, or the issue of the session, is before a time
 * that has passed. All other conditions depend on the request, so they may hold.
 */
export function hasLapsed(condition: JsonRecord | undefined, now: Millis): boolean {
  if (!condition) return false;
  for (const [operator, key, values] of tests(condition)) {
    if (operator !== 'datelessthan' && operator !== 'datelessthanequals') continue;
    const grace = key === 'aws:tokenissuetime' ? LONGEST_SESSION : 0;
    if (key !== 'aws:currenttime' && grace === 0) continue;
    if (values.every((value) => (parseTime(value) ?? now) < now - grace)) return true;
  }
  return false;
}

/** The services to which `iam:PassRole` may give a role under this condition; undefined: any. */
export function passableServices(condition: JsonRecord | undefined): readonly string[] | undefined {
  if (!condition) return undefined;
  for (const [operator, key, values] of tests(condition)) {
    // With IfExists or a set operator the condition may hold for other values too, so it is not a limit.
    if (key === 'iam:passedtoservice' && (operator === 'stringequals' || operator === 'stringlike')) {
      return values;
    }
  }
  return undefined;
}

/** The subjects (`repo:owner/name:…`) that a trust in GitHub's OIDC provider is limited to; empty: none. */
export function githubSubjects(condition: JsonRecord | undefined): readonly string[] {
  if (!condition) return [];
  for (const [operator, key, values] of tests(condition)) {
    const limits = /^(foranyvalue:|forallvalues:)?string(equals|like)(ignorecase)?$/.test(operator);
    if (limits && key === 'token.actions.githubusercontent.com:sub') return values;
  }
  return [];
}
