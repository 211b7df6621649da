import { describe, expect, test } from '@jest/globals';
import type { ReachSet, Step } from '../../../src/graph/answers.js';
import { radiiOf } from '../../../src/graph/radii/radii.js';
import { hangsOn } from '../../../src/graph/radii/stop-sustained.js';
import type { GraphView } from '../../../src/graph/view.js';
import { RULES } from '../../../src/model/relationships.js';
import { codeType } from '../../../src/model/rows.js';
import { onBothViews } from '../../support/both-views.js';
import { drawn } from '../../support/drawn.js';

/** What the radii of some people say, each member with the path that explains it. */
const asked =
  (...people: readonly string[]) =>
  (view: GraphView) => {
    const radii = radiiOf(
      view,
      people.map((id) => view.numberOf(id)),
      { rotateReadable: 'never' },
    );
    const words = (path: readonly Step[]) =>
      path
        .map(
          ({ code, to, against }) => `${against ? '<' : ''}${RULES[codeType(code)]!.type} ${view.idOf(to)}`,
        )
        .join(', ');
    const said = (set: ReachSet) =>
      Object.fromEntries(set.members.map(({ entity }) => [view.idOf(entity), words(set.pathTo(entity))]));
    const { members } = radii.holdings;
    const hangs = hangsOn(view, radii.person.humans, members);
    return {
      holdings: [...members].map((entity) => view.idOf(entity)).sort(),
      hanging: [...members]
        .filter(hangs)
        .map((entity) => view.idOf(entity))
        .sort(),
      continuity: said(radii.continuity),
      cut: said(radii.cut),
      conflicts: radii.conflicts.map(({ entity, resolution, workloads, path }) => {
        const named = workloads.map((one) => view.idOf(one)).join(' ');
        return `${resolution} ${view.idOf(entity)} for ${named}: ${words(path)}`;
      }),
    };
  };

const PEOPLE = { ada: 'Human', a: 'Account', bob: 'Human', b: 'Account' };
const LOGINS = ['ada HAS_ACCOUNT a', 'bob HAS_ACCOUNT b'];

describe('what is sustained by a person alone', () => {
  const bots = { bot: 'ServiceIdentity', key: 'Token', vault: 'Secret', job: 'Job', app: 'App', site: 'Job' };
  const chain = [
    ...LOGINS,
    ...['ada OWNS bot sustains', 'bot ISSUED key sustains', 'key STORED_IN vault'],
    ...['job USES vault', 'bot OWNS app sustains', 'site DEPENDS_ON app'],
  ];

  test('stops with the person, to the end of the chain, and so does what needs it', async () => {
    const said = await onBothViews(drawn({ ...PEOPLE, ...bots }, chain), asked('ada'));
    expect(said.holdings).toEqual(['a', 'app', 'bot', 'key']);
    expect(said.hanging).toEqual(['app', 'bot', 'key']);
    expect(said.continuity).toEqual({
      app: 'OWNS bot, OWNS app',
      job: 'OWNS bot, ISSUED key, STORED_IN vault, <USES job',
      site: 'OWNS bot, OWNS app, <DEPENDS_ON site',
    });
    expect(said.conflicts).toEqual([
      'TRANSFER app for site: OWNS bot, OWNS app',
      'REHOME vault for job: OWNS bot, ISSUED key, STORED_IN vault',
    ]);
  });

  test('goes on while somebody or something else that is effective sustains it too', async () => {
    const graph = drawn({ ...PEOPLE, ...bots, left: 'Human LEFT' }, [...chain, 'bob OWNS bot sustains']);
    expect(await onBothViews(graph, asked('ada'))).toMatchObject({ holdings: ['a'], continuity: {} });
    const together = await onBothViews(graph, asked('ada', 'bob'));
    expect(together.holdings).toEqual(['a', 'app', 'b', 'bot', 'key']);
    expect(Object.keys(together.continuity)).toEqual(['app', 'site', 'job']);
    const alone = drawn({ ...PEOPLE, ...bots, left: 'Human LEFT' }, [...chain, 'left OWNS bot sustains']);
    expect((await onBothViews(alone, asked('ada'))).hanging).toEqual(['app', 'bot', 'key']);
  });

  test('is held by what sustains itself in a circle', async () => {
    const circle = drawn({ ...PEOPLE, one: 'ServiceIdentity', two: 'ServiceIdentity', job: 'Job' }, [
      ...[...LOGINS, 'ada OWNS one sustains', 'one OWNS two sustains', 'two OWNS one sustains'],
      'job RUNS_AS one',
    ]);
    expect(await onBothViews(circle, asked('ada'))).toMatchObject({ holdings: ['a'], continuity: {} });
  });

  test('is none of a person who has left: it has stopped with them already', async () => {
    const graph = drawn({ ...PEOPLE, ...bots, ada: 'Human LEFT' }, chain);
    const said = await onBothViews(graph, asked('ada'));
    expect(said).toMatchObject({ hanging: [], continuity: {}, conflicts: [] });
    // It was theirs, and leaving makes it necessary to end it.
    expect(Object.keys(said.cut).sort()).toEqual(['a', 'app', 'bot', 'key']);
  });

  test('a group sustains what it owns, and the resource the job that is defined in it', async () => {
    const graph = drawn({ ...PEOPLE, team: 'Group', repo: 'Resource', ci: 'Job', web: 'Job' }, [
      ...[...LOGINS, 'a OWNS team sustains', 'team OWNS repo sustains', 'ci DEFINED_IN repo sustains'],
      'web DEPENDS_ON repo',
    ]);
    expect(await onBothViews(graph, asked('ada'))).toMatchObject({
      holdings: ['a', 'ci', 'repo', 'team'],
      continuity: {
        ci: 'HAS_ACCOUNT a, OWNS team, OWNS repo, <DEFINED_IN ci',
        web: 'HAS_ACCOUNT a, OWNS team, OWNS repo, <DEPENDS_ON web',
      },
      conflicts: ['TRANSFER repo for web: HAS_ACCOUNT a, OWNS team, OWNS repo'],
    });
  });
});

describe('what breaks a workload', () => {
  const things = { ...PEOPLE, job: 'Job', next: 'Job', sub: 'App', drive: 'Resource', spare: 'Resource' };

  test('a resource that it depends on, and an identity that it runs as where that is required', async () => {
    const graph = drawn(things, [
      ...[...LOGINS, 'ada OWNS drive sustains', 'job DEPENDS_ON drive'],
      ...['next RUNS_AS a optional', 'sub DEPENDS_ON spare', 'ada OWNS spare'],
    ]);
    const said = await onBothViews(graph, asked('ada'));
    expect(said.continuity).toEqual({ job: 'OWNS drive, <DEPENDS_ON job' });
    const required = drawn(things, [...LOGINS, 'next RUNS_AS a']);
    expect((await onBothViews(required, asked('ada'))).continuity).toEqual({
      next: 'HAS_ACCOUNT a, <RUNS_AS next',
    });
  });

  test('not what it sustains itself: one that is only broken stops none of that', async () => {
    const graph = drawn({ ...PEOPLE, key: 'Token', app: 'App', own: 'Token', job: 'Job' }, [
      ...[...LOGINS, 'a ISSUED key', 'app USES key', 'app ISSUED own sustains', 'job USES own'],
    ]);
    expect((await onBothViews(graph, asked('ada'))).continuity).toEqual({
      app: 'HAS_ACCOUNT a, ISSUED key, <USES app',
    });
  });

  test('not one that is broken already, because nothing effective sustains what it needs', async () => {
    const graph = drawn({ ...PEOPLE, gone: 'Human LEFT', bot: 'ServiceIdentity', key: 'Token', job: 'Job' }, [
      ...[...LOGINS, 'gone OWNS bot sustains', 'job RUNS_AS bot', 'a ISSUED key', 'job USES key'],
    ]);
    expect((await onBothViews(graph, asked('ada'))).continuity).toEqual({});
  });

  test('a disabled account, only where its source says that the token ends with it', async () => {
    const keys = { ...PEOPLE, a: 'Account DISABLED', one: 'Token', two: 'Token', job: 'Job', other: 'Job' };
    const graph = drawn(keys, [
      ...[...LOGINS, 'a ISSUED one sustains', 'job USES one', 'a ISSUED two', 'other USES two'],
    ]);
    // `job` is broken as things are; `other` goes on working until the account's tokens end.
    expect(Object.keys((await onBothViews(graph, asked('ada'))).continuity)).toEqual(['other']);
  });
});

describe('what is spent', () => {
  const own = { ada: 'Human', own: ['Account', { managed: false }], grant: 'Grant', app: 'App' } as const;
  const things = { ...own, key: 'Token', child: 'Token', mate: 'Token', job: 'Job', org: 'Resource' };
  const lines = [
    ...['ada HAS_ACCOUNT own', 'own GRANTED grant', 'grant TO_APP app', 'grant ISSUED key'],
    ...['key DELEGATED_TO child', 'job USES child'],
  ];

  test('is in no cut, and what runs on it stops with the person all the same', async () => {
    const spent = await onBothViews(drawn(things, lines), asked('ada'));
    expect(spent.cut).toEqual({});
    expect(spent.holdings).toEqual(['child', 'grant', 'key', 'own']);
    expect(Object.keys(spent.continuity)).toEqual(['job']);
    expect(spent.conflicts).toEqual([
      'REHOME child for job: HAS_ACCOUNT own, GRANTED grant, ISSUED key, DELEGATED_TO child',
    ]);
    const inUse = await onBothViews(drawn(things, [...lines, 'key CAN_ACCESS org']), asked('ada'));
    expect(Object.keys(inUse.cut)).toEqual(['own', 'grant', 'key', 'child']);
  });

  test('brings no other token into the cut', async () => {
    const family = { source: 'src', family: 'f' };
    const graph = drawn({ ...things, child: ['Token', family], mate: ['Token', family] }, lines);
    expect((await onBothViews(graph, asked('ada'))).cut).toEqual({});
    const inUse = drawn({ ...things, child: ['Token', family], mate: ['Token', family] }, [
      ...[...lines, 'child CAN_ACCESS org'],
    ]);
    expect(Object.keys((await onBothViews(inUse, asked('ada'))).cut)).toContain('mate');
  });

  test('of an account that somebody else has too brings nothing into the cut either', async () => {
    const shared = { ...PEOPLE, own: ['Account', { managed: false }], bot: 'ServiceIdentity' } as const;
    const tokens = { key: 'Token', child: 'Token REVOKED', org: 'Resource' };
    const issued = ['own ISSUED key', 'key DELEGATED_TO child', 'bot ISSUED child'];
    const logins = [...LOGINS, 'ada HAS_ACCOUNT own', 'bob HAS_ACCOUNT own'];
    const graph = drawn({ ...shared, ...tokens }, [...logins, ...issued]);
    expect(Object.keys((await onBothViews(graph, asked('ada'))).cut)).toEqual(['a']);
    const inUse = drawn({ ...shared, ...tokens }, [...logins, ...issued, 'key CAN_ACCESS org']);
    expect(Object.keys((await onBothViews(inUse, asked('ada'))).cut).sort()).toEqual(['a', 'child', 'key']);
  });
});
