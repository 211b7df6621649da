import { describe, expect, test } from '@jest/globals';
import { draft, ids, NOW } from '../draft.js';
import type { PlainGraph } from '../plain-graph.js';
import { decisionsOf } from './decisions.js';
import type { Override } from './override.js';
import { DEFAULT_POLICY } from './policy.js';

function decide(graph: PlainGraph, overrides: readonly Override[] = []) {
  return decisionsOf(graph, 'ada', DEFAULT_POLICY, NOW, overrides);
}

/** `j: '5 RETIRE'`, with the guards that made it REVIEW after it. */
function said(graph: PlainGraph, overrides: readonly Override[] = []): Record<string, string> {
  const { decisions } = decide(graph, overrides);
  return Object.fromEntries(
    [...decisions].map(([id, { rule, action, guards }]) => [id, [rule, action, ...guards].join(' ')]),
  );
}

const LOW = { criticality: 'LOW' };
const people = { ada: 'Human', bob: 'Human', a: 'Account', b: 'Account' };
const logins = ['ada HAS_ACCOUNT a', 'bob HAS_ACCOUNT b'];

describe('decided by the rules', () => {
  test('orphans and what stands on the person; what only follows takes no decision', () => {
    const graph = draft(
      {
        ...people,
        t: 'Token',
        low: ['Job', LOW],
        high: ['App', { criticality: 'HIGH' }],
        f: 'Job',
        ff: 'App',
      },
      [
        ...logins,
        ...['a ISSUED t', 'high USES t', 'ada OWNS low', 'f DEPENDS_ON high'],
        ...['ff DEPENDS_ON f'],
      ],
    );
    expect(said(graph)).toEqual({ high: '2 REHOME', low: '4 TRANSFER' });
    const { follows, accepted } = decide(graph);
    expect(Object.fromEntries(follows)).toEqual({ f: ['high'], ff: ['f'] });
    expect(ids(accepted)).toEqual([]);
  });

  test('a follower that is an orphan takes a decision of its own', () => {
    const graph = draft({ ...people, j: ['Job', { criticality: 'HIGH' }], f: 'Job' }, [
      ...[...logins, 'j RUNS_AS a', 'j TRIGGERS f', 'a OWNS f'],
    ]);
    expect(said(graph)).toEqual({ f: '4 TRANSFER', j: '2 REHOME' });
    expect(decide(graph).follows.size).toBe(0);
  });

  test('a foreign token that nobody can issue again: by rule 6, whatever else is so', () => {
    const graph = draft({ ...people, d: 'App RETIRED', t: 'Token', j: ['Job', { criticality: 'HIGH' }] }, [
      ...[...logins, 'd ISSUED t', 'a KNOWS t', 'j USES t'],
    ]);
    expect(said(graph)).toEqual({ j: '6 REVIEW' });
    expect(said(graph, [{ entity: 'j', action: 'REHOME' }])).toEqual({ j: '6 REHOME' });
    // Were it orphaned as well, the first rule that matches would decide.
    const orphaned = {
      ...graph,
      relationships: [...graph.relationships, ...draft({}, ['a OWNS j']).relationships],
    };
    expect(said(orphaned)).toEqual({ j: '2 REHOME' });
  });

  test('expiry is judged at the moment of the plan', () => {
    const graph = draft({ ...people, t: ['Token', { expiresAt: NOW + 1 }], j: 'Job' }, [
      ...[...logins, 'a ISSUED t', 'j USES t'],
    ]);
    expect(said(graph)).toEqual({ j: '6 REVIEW' });
    expect(decisionsOf(graph, 'ada', DEFAULT_POLICY, NOW + 1).decisions.size).toBe(0);
  });
});

describe('RETIRE becomes REVIEW', () => {
  test('where an owner answers once the person is gone', () => {
    const graph = draft({ ...people, j: ['Job', LOW] }, [
      ...[...logins, 'j RUNS_AS a', 'ada OWNS j', 'bob OWNS j blind'],
    ]);
    expect(said(graph)).toEqual({ j: '5 REVIEW OWNER_ANSWERS' });
    expect(said(graph, [{ entity: 'j', action: 'RETIRE' }])).toEqual({ j: '5 RETIRE' });
  });

  test('where a live grant to the app is not of an unshared account', () => {
    const app = (grantee: string, status = 'ACTIVE') =>
      said(
        draft({ ...people, x: ['App', { approval: 'UNAPPROVED' }], g: 'Grant', h: `Grant ${status}` }, [
          ...[...logins, 'ada OWNS x', 'a GRANTED g', 'g TO_APP x', `${grantee} GRANTED h`, 'h TO_APP x'],
        ]),
      );
    expect(app('a')).toEqual({ x: '1 RETIRE' });
    expect(app('b')).toEqual({ x: '1 REVIEW GRANT_OF_OTHERS' });
    expect(app('b', 'REVOKED')).toEqual({ x: '1 RETIRE' });
    expect(app('x')).toEqual({ x: '1 REVIEW GRANT_OF_OTHERS' });
  });

  test('where a workload that is to go on depends on it, at any distance, unless that goes as well', () => {
    const chain = (last: Readonly<Record<string, string>>) =>
      said(
        draft({ ...people, j: ['Job', LOW], m: ['Job', LOW], n: ['Job', last] }, [
          ...[...logins, 'j RUNS_AS a', 'm RUNS_AS a', 'n RUNS_AS a', 'm DEPENDS_ON j', 'n DEPENDS_ON m'],
        ]),
      );
    const kept = '5 REVIEW BREAKS_OTHERS';
    expect(chain({ criticality: 'HIGH' })).toEqual({ j: kept, m: kept, n: '2 REHOME' });
    expect(chain(LOW)).toEqual({ j: '5 RETIRE', m: '5 RETIRE', n: '5 RETIRE' });
  });

  test('where its cascade holds what another goes on with, and in the next round what that stands on', () => {
    // z needs a token of x. Once x stays, it needs a token of y, which was to go too.
    const unapproved = { approval: 'UNAPPROVED' };
    const graph = draft(
      { ...people, x: ['App', unapproved], y: ['App', unapproved], xt: 'Token', yt: 'Token', z: 'Job' },
      [...logins, 'ada OWNS x', 'ada OWNS y', 'x ISSUED xt', 'y ISSUED yt', 'z USES xt', 'x USES yt'],
    );
    expect(said(graph)).toEqual({ x: '1 REVIEW BREAKS_OTHERS', y: '1 REVIEW BREAKS_OTHERS' });
  });

  test('all of a round at once: one that would have stayed alone goes with the other', () => {
    // z is started by both. Each would do; but from all, both have a part in breaking it.
    const graph = draft({ ...people, j: ['Job', LOW], m: ['Job', LOW], z: 'Job', n: ['Job', LOW] }, [
      ...[...logins, 'j RUNS_AS a', 'm RUNS_AS a', 'n RUNS_AS a', 'j TRIGGERS z', 'm TRIGGERS z'],
      'bob OWNS j',
    ]);
    expect(said(graph)).toEqual({
      ...{ j: '5 REVIEW OWNER_ANSWERS BREAKS_OTHERS', m: '5 REVIEW BREAKS_OTHERS', n: '5 RETIRE' },
    });
  });

  test('not for one of several that start it, as long as another does', () => {
    const graph = draft({ ...people, j: ['Job', LOW], m: ['Job', LOW], o: 'Job', z: 'Job' }, [
      ...[...logins, 'j RUNS_AS a', 'm RUNS_AS a', 'j TRIGGERS z', 'o TRIGGERS z', 'z DEPENDS_ON m'],
    ]);
    expect(said(graph)).toEqual({ j: '5 RETIRE', m: '5 REVIEW BREAKS_OTHERS' });
  });

  test('not for what is broken already, or stands on what nobody else decided to keep', () => {
    const graph = draft({ ...people, j: ['Job', LOW], dead: 'App RETIRED', z: 'Job' }, [
      ...[...logins, 'j RUNS_AS a', 'z DEPENDS_ON j', 'z DEPENDS_ON dead'],
    ]);
    expect(said(graph)).toEqual({ j: '5 RETIRE' });
  });

  test('not for a foreign token that is reissued, but for one that its own cascade revokes', () => {
    const graph = (owner: string) =>
      draft({ ...people, x: ['App', { approval: 'UNAPPROVED' }], t: 'Token', z: 'Job' }, [
        ...[...logins, 'x ISSUED t', 'a KNOWS t', 'z USES t', `${owner} OWNS x`],
      ]);
    expect(said(graph('bob'))).toEqual({});
    expect(ids(decide(graph('bob')).accepted)).toEqual([]);
    expect(said(graph('ada'))).toEqual({ x: '1 REVIEW BREAKS_OTHERS' });
    const { accepted, decisions } = decide(graph('ada'), [{ entity: 'x', action: 'RETIRE' }]);
    expect(decisions.get('x')?.action).toBe('RETIRE');
    expect(ids(accepted)).toEqual(['z']);
  });
});

describe('REHOME becomes REVIEW', () => {
  const graph = (approval: string, uses: string, owner = 'ada') =>
    draft(
      {
        ...{ ...people, x: ['App', { approval }], g: 'Grant', t: 'Token', k: 'Secret' },
        j: ['Job', { criticality: 'HIGH' }],
      },
      [
        ...[...logins, 'a GRANTED g', 'g TO_APP x', 'g ISSUED t', 't STORED_IN k', `j USES ${uses}`],
        `${owner} OWNS x`,
      ],
    );

  test.each(['g', 't', 'k'])('where %s needs a grant to an unapproved app', (uses) => {
    expect(said(graph('UNAPPROVED', uses, 'bob'))).toEqual({ j: '2 REVIEW GRANT_TO_APP' });
    expect(said(graph('APPROVED', uses, 'bob'))).toEqual({ j: '2 REHOME' });
    // A person may decide that all the same.
    expect(said(graph('UNAPPROVED', uses, 'bob'), [{ entity: 'j', action: 'REHOME' }])).toEqual({
      j: '2 REHOME',
    });
  });

  test('where a person decides to retire the app, even if a person decided to re-home', () => {
    const asked = graph('APPROVED', 't');
    expect(said(asked)).toEqual({ j: '2 REHOME', x: '4 TRANSFER' });
    const both: readonly Override[] = [
      { entity: 'j', action: 'REHOME' },
      { entity: 'x', action: 'RETIRE' },
    ];
    expect(said(asked, both)).toEqual({ j: '2 REVIEW GRANT_TO_APP', x: '4 RETIRE' });
    expect(ids(decide(asked, both).accepted)).toEqual(['j']);
  });

  test('not where the app that was to be retired is kept for it', () => {
    // x by rule 5 would retire, and with it the token that j goes on with.
    const asked = draft(
      {
        ...people,
        x: ['App', { ...LOW, lastUsedAt: NOW - 91 * 86_400_000 }],
        g: 'Grant',
        j: ['Job', { criticality: 'HIGH' }],
      },
      [...logins, 'a GRANTED g', 'g TO_APP x', 'j USES g', 'ada OWNS x'],
    );
    expect(said(asked)).toEqual({ j: '2 REHOME', x: '3 REVIEW BREAKS_OTHERS' });
  });
});

describe('overrides', () => {
  const graph = draft({ ...people, left: 'Human LEFT', j: 'Job', i: 'Job', f: 'Job' }, [
    ...[...logins, 'j RUNS_AS a', 'a OWNS i', 'f DEPENDS_ON j'],
  ]);

  test.each<[string, Override]>([
    ['transferring what stands on the person', { entity: 'j', action: 'TRANSFER' }],
    ['re-homing what does not', { entity: 'i', action: 'REHOME' }],
    ['what takes no decision', { entity: 'f', action: 'RETIRE' }],
    ['a successor who left', { entity: 'i', action: 'TRANSFER', successor: 'left' }],
    ['the person as successor', { entity: 'i', action: 'TRANSFER', successor: 'ada' }],
  ])('refused: %s', (_name, override) => {
    expect(() => said(graph, [override])).toThrow();
  });

  test('retiring by decision is not undone, and what it breaks is accepted', () => {
    const { decisions, accepted } = decide(graph, [{ entity: 'j', action: 'RETIRE' }]);
    expect(decisions.get('j')).toEqual({ action: 'RETIRE', rule: '6', guards: [], overridden: true });
    expect(ids(accepted)).toEqual(['f']);
  });

  test('the guards are evaluated again: what is kept keeps what it needs', () => {
    const pair = draft({ ...people, j: ['Job', LOW], m: ['Job', LOW] }, [
      ...[...logins, 'j RUNS_AS a', 'm RUNS_AS a', 'm DEPENDS_ON j'],
    ]);
    expect(said(pair)).toEqual({ j: '5 RETIRE', m: '5 RETIRE' });
    expect(said(pair, [{ entity: 'm', action: 'REHOME', successor: 'bob' }])).toEqual({
      ...{ j: '5 REVIEW BREAKS_OTHERS', m: '5 REHOME' },
    });
  });
});
