import { describe, expect, test } from '@jest/globals';
import { draft, ids } from '../draft.js';
import { departureOf } from './departure.js';
import { inheritance, needsSuccessor, successorFor } from './successor.js';

const graph = draft(
  {
    ...{ ada: 'Human', left: 'Human LEFT', going: 'Human LEAVING', b: 'Human', c: 'Human', top: 'Human' },
    acct: 'Account',
  },
  [
    ...['ada REPORTS_TO left', 'ada REPORTS_TO going', 'left REPORTS_TO c', 'going REPORTS_TO b'],
    ...['b REPORTS_TO top', 'c REPORTS_TO top', 'top REPORTS_TO ada', 'c REPORTS_TO ada'],
  ],
);

function successor(openCases: readonly string[] = [], ofDecision?: string, ofPlan?: string) {
  return successorFor({ graph, human: 'ada', openCases: new Set(openCases), ofDecision, ofPlan });
}

describe('the successor', () => {
  test('the nearest upwards who is ACTIVE and stays, past those who are not; the smallest of equals', () => {
    expect(successor()).toBe('b');
    expect(successor(['b'])).toBe('c');
    expect(successor(['b', 'c'])).toBe('top');
  });

  test('nobody, where a circle ends with the person again', () => {
    expect(successor(['b', 'c', 'top'])).toBeUndefined();
  });

  test('the decision’s before the plan’s, who need only be live', () => {
    expect(successor(['going'], 'going', 'c')).toBe('going');
    expect(successor([], undefined, 'c')).toBe('c');
  });

  test.each(['ada', 'left', 'acct', 'nobody'])('%s is refused', (named) => {
    expect(() => successor([], named)).toThrow('no live Human');
    expect(() => successor([], undefined, named)).toThrow('no live Human');
  });
});

test('who inherits what: orphans not retired, and what is re-homed with nobody to answer', () => {
  const owning = draft(
    { ada: 'Human', bob: 'Human', a: 'Account', r: 'Resource', j: 'Job', i: 'Job', o: 'Job' },
    [...['ada HAS_ACCOUNT a', 'ada OWNS r', 'ada OWNS j', 'i RUNS_AS a', 'o RUNS_AS a', 'bob OWNS o']],
  );
  const departure = departureOf(owning, 'ada', 'never');
  const inherited = (decided: Readonly<Record<string, 'REHOME' | 'RETIRE' | 'TRANSFER'>>) =>
    ids(inheritance(departure, new Map(Object.entries(decided))));
  expect(inherited({ j: 'TRANSFER', i: 'REHOME', o: 'REHOME' })).toEqual(['i', 'j', 'r']);
  expect(inherited({ j: 'RETIRE', i: 'RETIRE', o: 'REHOME' })).toEqual(['r']);
  const empty = departureOf(draft({ ada: 'Human', bob: 'Human' }, []), 'ada', 'never');
  expect(needsSuccessor(empty, new Map())).toBe(false);
  expect(needsSuccessor(departure, new Map([['o', 'REHOME']]))).toBe(true);
});
