import { describe, expect, test } from '@jest/globals';
import { draft } from '../draft.js';
import { entityOf, type PlainGraph } from '../plain-graph.js';
import { checkInvariants } from './invariants.js';
import type { PlanSummary } from './plan-summary.js';

/** A job on ada's token is re-homed to a service identity that bob, her successor, owns; a script goes. */
const before = draft(
  {
    ...{
      ada: 'Human',
      bob: 'Human',
      a: 'Account',
      t: 'Token',
      j: 'Job',
      old: 'Job',
      f: 'Job',
      r: 'Resource',
      w: 'Resource',
    },
  },
  [
    ...['ada HAS_ACCOUNT a', 'a ISSUED t', 'j USES t', 't CAN_ACCESS r', 'a OWNS w', 'a OWNS old'],
    ...['f DEPENDS_ON old', 'bob OWNS f', 'bob OWNS r'],
  ],
);
const after = draft(
  {
    ...{ ada: 'Human LEFT', bob: 'Human', a: 'Account DISABLED', t: 'Token REVOKED', j: 'Job' },
    ...{ old: 'Job RETIRED', f: 'Job', r: 'Resource', s: 'ServiceIdentity', n: 'Token', w: 'Resource' },
  },
  [
    ...['ada HAS_ACCOUNT a', 'a ISSUED t', 't CAN_ACCESS r', 's ISSUED n', 'n CAN_ACCESS r', 'j USES n'],
    ...[
      'bob OWNS s',
      'bob OWNS j',
      'bob OWNS w',
      'f DEPENDS_ON old',
      'bob OWNS f',
      'bob OWNS r',
      't REPLACED_BY n',
    ],
  ],
);
const plan: PlanSummary = {
  decisions: { j: 'REHOME', old: 'RETIRE' },
  accepted: ['f'],
  retired: ['old'],
  provisioned: ['s', 'n'],
  rehomed: ['j'],
  namedChanges: {
    entities: ['ada', 'a', 't', 'old'],
    relationships: [
      { type: 'USES', from: 'j' },
      { type: 'OWNS', from: 'a' },
      { type: 'OWNS', from: 'bob', to: 'j' },
      { type: 'OWNS', from: 'bob', to: 'w' },
      { to: 's' },
      { from: 's' },
      { to: 'n' },
      { from: 'n', to: 'r' },
    ],
  },
  rotateReadable: 'never',
};

function violations(changed: PlainGraph, summary: PlanSummary = plan): string[] {
  return checkInvariants({ before, after: changed, human: 'ada', plan: summary }).map(
    ({ invariant, about }) => `${invariant} ${about}`,
  );
}

function withStatus(id: string, status: string): PlainGraph {
  const entities = new Map([...after.entities, [id, { ...entityOf(after, id), status }]]);
  return { ...after, entities };
}

function without(line: string): PlainGraph {
  const [gone] = draft({}, [line]).relationships;
  const stays = after.relationships.filter(
    ({ type, from, to }) => type !== gone?.type || from !== gone.from || to !== gone.to,
  );
  expect(stays.length).toBe(after.relationships.length - 1);
  return { ...after, relationships: stays };
}

function and(graph: PlainGraph, ...lines: readonly string[]): PlainGraph {
  return { ...graph, relationships: [...graph.relationships, ...draft({}, lines).relationships] };
}

describe('an execution that keeps all four', () => {
  test('nothing is wrong', () => {
    expect(violations(after)).toEqual([]);
  });

  test('a relationship that has ended is as good as one that is not there', () => {
    expect(violations(and(after, 'j USES t ended'))).toEqual([]);
  });
});

describe('what each holds', () => {
  test('I1: something is still reached', () => {
    expect(violations(withStatus('t', 'ACTIVE'))).toEqual(['I1 r', 'I1 t']);
  });

  test('I2: a workload stops that nobody listed', () => {
    expect(violations(after, { ...plan, accepted: [] })).toEqual(['I2 f']);
    expect(violations(withStatus('n', 'REVOKED'))).toEqual(['I2 j', 'I3 j']);
    expect(violations(withStatus('n', 'REVOKED'), { ...plan, accepted: ['f', 'j'] })).toEqual([]);
  });

  test('I2: something else changed, came or went', () => {
    expect(violations(withStatus('r', 'RETIRED'))).toEqual(['I2 r']);
    expect(violations(and(after, 's CAN_ACCESS r', 'bob CREATED r'))).toEqual(['I2 bob CREATED r']);
    expect(violations(without('bob OWNS r'))).toEqual(['I2 bob OWNS r']);
    const more = new Map([...after.entities, ...draft({ x: 'Group' }, []).entities]);
    expect(violations({ ...after, entities: more })).toEqual(['I2 x']);
    const fewer = new Map([...after.entities].filter(([id]) => id !== 'f'));
    const orphaned = after.relationships.filter(({ from, to }) => from !== 'f' && to !== 'f');
    expect(violations({ ...after, entities: fewer, relationships: orphaned })).toContain('I2 f');
  });

  test('I2: a property of a relationship changed', () => {
    const optional = after.relationships.map((relationship) =>
      relationship.type === 'DEPENDS_ON' ? { ...relationship, required: false } : relationship,
    );
    expect(violations({ ...after, relationships: optional })).toEqual([
      ...['I2 f DEPENDS_ON old', 'I2 f DEPENDS_ON old'],
    ]);
  });

  test('I3: what was re-homed still stands on the person', () => {
    expect(violations(and(without('j USES n'), 'j USES n', 'j USES t optional'))).toEqual(['I3 j']);
  });

  test('I4: nobody answers for what was orphaned, re-homed or made', () => {
    expect(violations(without('bob OWNS j'))).toEqual(['I4 j']);
    expect(violations(without('bob OWNS s'))).toEqual(['I4 s']);
    expect(violations(without('bob OWNS w'))).toEqual(['I4 w']);
    expect(violations(without('bob OWNS f'))).toEqual(['I2 bob OWNS f']);
  });

  test('a summary may not excuse what was not decided so', () => {
    expect(violations(after, { ...plan, decisions: { j: 'TRANSFER', old: 'REVIEW' } })).toEqual([
      ...['PLAN old', 'PLAN j'],
    ]);
  });
});
