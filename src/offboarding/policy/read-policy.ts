import type { Problem } from '../../model/errors.js';
import { FileSchema, type JsonFile, refusedFile } from '../../model/json-file.js';
import { hashOf } from '../hash.js';
import type { Policy } from './policy.js';

/** A policy that was checked, and what names it. */
export interface CheckedPolicy {
  readonly policy: Policy;
  /** SHA-256, in hex, of its canonical JSON: the same rules, the same hash, however the file is laid out. */
  readonly hash: string;
}

const schema = new FileSchema<Policy>('policy.schema.json', 'policy');

/**
 * Reads the text of a policy file.
 *
 * @param name what messages call the file
 * @throws BAD_INPUT with every problem and its line
 */
export function readPolicy(text: string, name: string): CheckedPolicy {
  const { value, lineOf } = schema.read(text, name);
  const problems = ruleProblems(value, name, lineOf);
  if (problems.length > 0) throw refusedFile(name, 'policy', problems);
  return { policy: value, hash: hashOf(value) };
}

/** Reads the policy that comes with the program. A test holds it to the schema, so a start does not have to. */
export function readDefaultPolicy(text: string): CheckedPolicy {
  const policy = JSON.parse(text) as Policy;
  return { policy, hash: hashOf(policy) };
}

/** What a schema cannot say: something always decides, and only what stands on the leaver is re-homed. */
function ruleProblems({ rules }: Policy, name: string, lineOf: JsonFile['lineOf']): Problem[] {
  const problems: Problem[] = [];
  const say = (at: number, field: string, message: string) =>
    problems.push({
      row: `${name}:${lineOf(['rules', at])}`,
      field: `rules[${at}].${field}`,
      rule: 'BAD_RULE',
      message,
    });
  const last = rules.at(-1)!;
  if (Object.keys(last.when).length > 0) {
    say(
      rules.length - 1,
      'when',
      'the last rule has conditions; give it none, so that a rule always decides',
    );
  }
  for (const [at, rule] of rules.slice(0, -1).entries()) {
    if (Object.keys(rule.when).length === 0) {
      say(
        at,
        'when',
        'it matches always, so the rules after it never decide; give it a condition or move it last',
      );
    }
  }
  for (const [at, { when, then, unlessStanding }] of rules.entries()) {
    const alone = unlessStanding ?? then;
    if (when.standsOnLeaver !== true && alone === 'REHOME') {
      say(at, 'unlessStanding', 'REHOME is for what stands on the leaver; say what else becomes of the rest');
    }
    if (when.standsOnLeaver !== false && then === 'TRANSFER') {
      say(at, 'then', 'TRANSFER is for what does not stand on the leaver; add "standsOnLeaver": false');
    }
  }
  return problems;
}
