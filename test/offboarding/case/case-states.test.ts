import { describe, expect, test } from '@jest/globals';
import { CASE_STATES, type Case, type CaseState } from '../../../src/offboarding/case/case.js';
import {
  type CaseOperation,
  canFollow,
  initialState,
  isOpen,
  isPossible,
  isUnderWay,
  requirePossible,
  stateAfter,
  TRANSITIONS,
} from '../../../src/offboarding/case/case-states.js';

const operations = Object.keys(TRANSITIONS) as CaseOperation[];

/** Every operation in every state, with the states that it may lead to. */
const table = operations.flatMap((operation) =>
  CASE_STATES.map((from) => [operation, from, TRANSITIONS[operation][from] ?? []] as const),
);

/** All states that can follow one, over any number of operations. */
function reachable(start: CaseState): Set<CaseState> {
  const found = new Set([start]);
  for (const from of found) for (const to of CASE_STATES) if (canFollow(from, to)) found.add(to);
  return found;
}

describe('the table of transitions', () => {
  test.each(table)('%s of a case that is %s leads to [%s] and nowhere else', (operation, from, targets) => {
    expect(isPossible(operation, from)).toBe(targets.length > 0);
    for (const to of CASE_STATES) {
      if (targets.includes(to)) expect(stateAfter(operation, from, to)).toBe(to);
      else expect(() => stateAfter(operation, from, to)).toThrow(`does not lead from ${from} to ${to}`);
    }
    if (targets.length === 1) expect(stateAfter(operation, from)).toBe(targets[0]);
    else expect(() => stateAfter(operation, from)).toThrow('to a single state');
  });

  test('every state is reached from the state of a new case', () => {
    expect(initialState(true)).toBe('IN_REVIEW');
    expect(initialState(false)).toBe('APPROVED');
    expect([...reachable('IN_REVIEW')].sort()).toEqual([...CASE_STATES].sort());
  });

  test('nothing follows CANCELLED, and the plan cannot change once it is carried out', () => {
    expect([...reachable('CANCELLED')]).toEqual(['CANCELLED']);
    for (const operation of operations) expect(isPossible(operation, 'CANCELLED')).toBe(false);
    for (const state of ['IN_REVIEW', 'APPROVED'] as const)
      expect(reachable('EXECUTING').has(state)).toBe(false);
  });

  test('only cases that are not over are open, and only executed ones are under way', () => {
    expect(CASE_STATES.filter((state) => isOpen({ state }))).toEqual([
      'IN_REVIEW',
      'APPROVED',
      'EXECUTING',
      'WAITING',
    ]);
    expect(CASE_STATES.filter((state) => isUnderWay({ state }))).toEqual(['EXECUTING', 'WAITING']);
  });

  test('a refusal names the case, its state, what was tried and what to do', () => {
    const offboarding = { id: 'tendril/case/1', state: 'VERIFIED' } as Case;
    expect(() => requirePossible('APPROVE', offboarding)).toThrow(
      'The case tendril/case/1 is VERIFIED and cannot be approved: it is over; plan a new one',
    );
  });
});
