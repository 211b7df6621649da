import { describe, expect, test } from '@jest/globals';
import { continuity } from './continuity.js';
import { draft, ids, NOW } from './draft.js';
import { effective } from './effective.js';
import { exposure } from './exposure.js';
import { holdings } from './holdings.js';

describe('what is effective', () => {
  test('one sustainer that is left is enough; what none is said to sustain needs none', () => {
    const graph = draft(
      {
        ...{ ada: 'Human LEFT', bob: 'Human', a: 'Account DISABLED', b: 'Account', app: 'App' },
        ...{ bot: 'ServiceIdentity', t: 'Token', free: 'Token', hr: 'Resource', hers: 'Job' },
      },
      [
        ...['a OWNS app sustains', 'b OWNS app sustains', 'a OWNS bot sustains', 'b OWNS bot'],
        ...['bot ISSUED t sustains', 'a ISSUED free', 'ada OWNS hers sustains', 'ada OWNS hr sustains ended'],
      ],
    );
    expect(ids(effective(graph))).toEqual(['app', 'b', 'bob', 'free', 'hr']);
  });

  test('two that sustain each other keep each other, until one of them is dead', () => {
    const circle = (status: string) =>
      draft({ one: `ServiceIdentity${status}`, two: 'ServiceIdentity', job: 'Job', r: 'Resource' }, [
        ...[
          'one OWNS two sustains',
          'two OWNS one sustains',
          'two OWNS r sustains',
          'job DEFINED_IN r sustains',
        ],
      ]);
    expect(ids(effective(circle('')))).toEqual(['job', 'one', 'r', 'two']);
    expect(ids(effective(circle(' RETIRED')))).toEqual([]);
  });

  test('a token that has expired sustains no child', () => {
    const graph = draft({ parent: ['Token', { expiresAt: NOW }], child: 'Token' }, [
      'parent DELEGATED_TO child sustains',
    ]);
    expect(ids(effective(graph))).toEqual([]);
  });

  test('the walk goes on only from what is effective, and ends at nothing that is not', () => {
    const graph = draft(
      {
        ...{ ada: 'Human', a: 'Account', g: 'Group', s: 'ServiceIdentity RETIRED', r: 'Resource' },
        ...{ k: 'Secret', deep: 'Resource' },
      },
      [
        ...[
          'ada HAS_ACCOUNT a',
          'a MEMBER_OF g',
          's OWNS g sustains',
          'g CAN_ACCESS r',
          's OWNS deep sustains',
        ],
        ...['a CAN_ACCESS deep ADMIN', 'deep HAS_SECRET k'],
      ],
    );
    expect(exposure(graph, 'ada').map(({ id }) => id)).toEqual(['a']);
  });
});

describe('what hangs on somebody', () => {
  const graph = draft(
    {
      ...{ ada: 'Human', bob: 'Human', a: 'Account', b: 'Account', gone: 'Account DISABLED' },
      ...{ drive: 'Resource', file: 'Resource', both: 'App', left: 'App', script: 'Job', reads: 'Job' },
      ...{ optional: 'Job', bot: 'ServiceIdentity', runs: 'Job', kept: 'Token', circle: 'ServiceIdentity' },
    },
    [
      ...['ada HAS_ACCOUNT a', 'bob HAS_ACCOUNT b', 'bob HAS_ACCOUNT gone', 'a OWNS drive sustains'],
      ...['drive CONTAINS file sustains', 'script DEFINED_IN file sustains', 'reads DEPENDS_ON file'],
      ...['a OWNS both sustains', 'b OWNS both sustains', 'a OWNS left sustains', 'gone OWNS left sustains'],
      ...['ada OWNS bot sustains', 'runs RUNS_AS bot', 'optional RUNS_AS bot optional', 'bot ISSUED kept'],
      ...['circle OWNS bot', 'bot OWNS circle sustains'],
    ],
  );

  test('is held, whatever it is, where nothing effective sustains it besides', () => {
    expect(ids(holdings(graph, 'ada'))).toEqual(['a', 'bot', 'circle', 'drive', 'file', 'left', 'script']);
    expect(ids(holdings(graph, 'bob'))).toEqual(['b', 'gone']);
    expect(ids(holdings(graph, ['ada', 'bob']))).toEqual(
      ['a', 'b', 'bot', 'both', 'circle', 'drive', 'file', 'gone', 'left', 'script'].sort(),
    );
  });

  test('stops, with what depends on it', () => {
    expect(ids(continuity(graph, 'ada').workloads)).toEqual(['left', 'reads', 'runs', 'script']);
    expect(ids(continuity(graph, 'bob').workloads)).toEqual([]);
    expect(ids(continuity(graph, ['ada', 'bob']).workloads)).toEqual([
      ...['both', 'left', 'reads', 'runs', 'script'],
    ]);
  });
});
