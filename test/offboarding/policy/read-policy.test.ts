import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Problem, TendrilError } from '../../../src/model/errors.js';
import { readPolicy } from '../../../src/offboarding/policy/read-policy.js';

const file = new URL('../../../../seed/policy.default.json', import.meta.url);
const text = readFileSync(file, 'utf8');

function problems(changed: string): readonly Problem[] {
  try {
    readPolicy(changed, 'policy.json');
  } catch (error) {
    expect((error as TendrilError).code).toBe('BAD_INPUT');
    return (error as TendrilError).details.problems as readonly Problem[];
  }
  return [];
}

describe('a policy file', () => {
  test('is the default one, with six rules, named by what it says and not by its layout', () => {
    const { policy, hash } = readPolicy(text, 'policy.json');
    expect(policy.rules).toHaveLength(6);
    expect(readPolicy(JSON.stringify(JSON.parse(text)), 'policy.json').hash).toBe(hash);
    expect(readPolicy(text.replace('90', '91'), 'policy.json').hash).not.toBe(hash);
  });

  test.each([
    ['is no JSON', text.replace('"rules": [', '"rules": '), 20, 'BAD_JSON'],
    ['has an action nobody knows', text.replace('"then": "RETIRE"', '"then": "DELETE"'), 5, 'BAD_RULE'],
    ['has a condition nobody knows', text.replace('"approval":', '"approved":'), 5, 'BAD_RULE'],
    ['counts days in words', text.replace('90', '"ninety"'), 14, 'BAD_RULE'],
    [
      're-homes what does not stand on the leaver',
      text.replace('"unlessStanding": "TRANSFER"', '"unlessStanding": "REHOME"'),
      6,
      'BAD_RULE',
    ],
    [
      'transfers what stands on the leaver',
      text.replace('{ "standsOnLeaver": false }', '{ "approval": ["UNKNOWN"] }'),
      17,
      'BAD_RULE',
    ],
    ['may decide nothing', text.replace('"when": {}', '"when": { "approval": ["UNKNOWN"] }'), 19, 'BAD_RULE'],
  ])('that %s is refused with the line', (_what, changed, line, rule) => {
    expect(changed).not.toBe(text);
    const found = problems(changed);
    expect(found.map((problem) => problem.row)).toContain(`policy.json:${line}`);
    expect(found.map((problem) => problem.rule)).toContain(rule);
  });
});
