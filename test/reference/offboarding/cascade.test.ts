import { describe, expect, test } from '@jest/globals';
import { draft } from '../draft.js';
import { breaks, cascadeOf, retirementOf, rotationRequiredBy } from './cascade.js';

const graph = draft(
  {
    ...{ ada: 'Human', a: 'Account', s: 'ServiceIdentity', app: 'App', j: 'Job', i: 'Job', r: 'Resource' },
    ...{ g: 'Grant REVOKED', sg: 'Grant', og: 'Grant', pass: 'Token REVOKED', z: 'Token', y: 'Token' },
    ...{ mate: ['Token', { family: 'f' }], fam: ['Token', { family: 'f' }], cousin: 'Token' },
    ...{ elsewhere: ['Token', { family: 'f', source: 'other' }], st: 'Token', at: 'Token' },
    ...{ k: 'Secret', copy: 'Secret', e: 'Secret', team: 'Group' },
  },
  [
    ...['ada HAS_ACCOUNT a', 'a GRANTED g', 'g TO_APP app', 'sg TO_APP app', 's GRANTED sg'],
    ...['app GRANTED og', 'g ISSUED pass', 'pass DELEGATED_TO z', 'z DELEGATED_TO y', 'a ISSUED fam'],
    ...['mate DELEGATED_TO cousin', 'y DELEGATED_TO fam ended', 's ISSUED st', 'app ISSUED at'],
    ...['y STORED_IN k', 'copy COPY_OF k', 'j USES y', 'i DEPENDS_ON j', 'a MEMBER_OF team'],
  ],
);

describe('everything that revoking one thing ends', () => {
  test.each([
    ['a token, through what is dead already, parents first', 'pass', ['pass', 'z', 'y']],
    ['a token with its family of one source and their children', 'fam', ['fam', 'mate', 'cousin']],
    ['a grant, dead already', 'g', ['g', 'pass', 'z', 'y']],
    ['an account', 'a', ['a', 'g', 'fam', 'mate', 'cousin', 'pass', 'z', 'y']],
    ['a service identity', 's', ['s', 'sg', 'st']],
    ['an app: every grant to it, not what it granted', 'app', ['app', 'g', 'sg', 'at', 'pass', 'z', 'y']],
    ['a secret: nothing, it is rotated', 'k', []],
  ])('%s', (_name, target, expected) => {
    expect(cascadeOf(graph, target)).toEqual(expected);
  });

  test('a child of a family mate brings its own family, to a fixpoint', () => {
    const chain = draft(
      {
        t: ['Token', { family: '1' }],
        b: ['Token', { family: '1' }],
        c: ['Token', { family: '2' }],
        d: ['Token', { family: '2' }],
      },
      ['b DELEGATED_TO c'],
    );
    expect(cascadeOf(chain, 't')).toEqual(['b', 'c', 'd', 't']);
  });

  test('a circle ends', () => {
    const ring = draft({ t: 'Token', b: 'Token' }, ['t DELEGATED_TO b', 'b DELEGATED_TO t']);
    expect(cascadeOf(ring, 't')).toEqual(['b', 't']);
  });

  test.each(['ada', 'j', 'team', 'r'])('%s is not revoked', (target) => {
    expect(() => cascadeOf(graph, target)).toThrow('not revoked');
  });

  test('a job is retired by itself, other things as they are revoked, the rest not at all', () => {
    expect(retirementOf(graph, 'j')).toEqual(['j']);
    expect(retirementOf(graph, 's')).toEqual(cascadeOf(graph, 's'));
    expect(() => retirementOf(graph, 'r')).toThrow('not retired');
  });
});

test('units that stored one are to be rotated', () => {
  expect(rotationRequiredBy(graph, cascadeOf(graph, 'pass'))).toEqual(['copy', 'k']);
  expect(rotationRequiredBy(graph, cascadeOf(graph, 's'))).toEqual([]);
});

test('what breaks, through other workloads too, besides what is ended itself', () => {
  expect(breaks(graph, cascadeOf(graph, 'pass'))).toEqual(['i', 'j']);
  expect(breaks(graph, retirementOf(graph, 'j'))).toEqual(['i']);
  expect(breaks(graph, cascadeOf(graph, 's'))).toEqual([]);
});
