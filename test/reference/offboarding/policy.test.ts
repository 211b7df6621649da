import { describe, expect, test } from '@jest/globals';
import type { PlainEntity } from '../plain-graph.js';
import { DEFAULT_POLICY, firstRule, lastRule } from './policy.js';

const DAY = 86_400_000;
const AT = 1000 * DAY;

function ruled(more: Partial<PlainEntity>, stands: boolean): string {
  const thing: PlainEntity = { id: 'j', kind: 'Job', status: 'ACTIVE', source: 's', ...more };
  const { rule, action } = firstRule(DEFAULT_POLICY, thing, stands, AT);
  return `${rule} ${action}`;
}

describe('the six rules, the first that matches', () => {
  test.each([
    ['unapproved, however critical', { approval: 'UNAPPROVED', criticality: 'CRITICAL' }, true, '1 RETIRE'],
    ['high, stands', { criticality: 'HIGH' }, true, '2 REHOME'],
    ['critical, does not stand', { criticality: 'CRITICAL' }, false, '2 TRANSFER'],
    ['high and long idle', { criticality: 'HIGH', lastRunAt: 0 }, true, '2 REHOME'],
    ['medium and idle', { criticality: 'MEDIUM', lastRunAt: AT - 90 * DAY - 1 }, true, '3 RETIRE'],
    ['medium, idle just 90 days', { criticality: 'MEDIUM', lastRunAt: AT - 90 * DAY }, true, '6 REVIEW'],
    ['low, idle by one, used by the other', lowUsed(AT), true, '5 RETIRE'],
    ['low, idle by both', lowUsed(1), false, '3 RETIRE'],
    ['low, nothing known, does not stand', { criticality: 'LOW' }, false, '4 TRANSFER'],
    ['low, nothing known, stands', { criticality: 'LOW' }, true, '5 RETIRE'],
    ['nothing said and long idle, stands', { lastRunAt: 0 }, true, '6 REVIEW'],
    ['nothing said, does not stand', {}, false, '4 TRANSFER'],
  ])('%s', (_name, more, stands, expected) => {
    expect(ruled(more, stands)).toBe(expected);
  });

  test('rule 6 by itself', () => {
    expect(lastRule(DEFAULT_POLICY, true)).toEqual({ rule: '6', action: 'REVIEW' });
  });

  test('a policy of other rules', () => {
    const policy = { rotateReadable: 'never', rules: [{ name: 'all', when: {}, action: 'RETIRE' }] } as const;
    const thing: PlainEntity = { id: 'j', kind: 'Job', status: 'ACTIVE', source: 's', criticality: 'HIGH' };
    expect(firstRule(policy, thing, true, AT)).toEqual({ rule: 'all', action: 'RETIRE' });
    expect(() => firstRule({ ...policy, rules: [] }, thing, true, AT)).toThrow('match everything');
  });
});

function lowUsed(lastUsedAt: number): Partial<PlainEntity> {
  return { criticality: 'LOW', lastRunAt: 0, lastUsedAt };
}
