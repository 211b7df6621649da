import { describe, expect, test } from '@jest/globals';
import { exposureOf } from '../../../src/graph/radii/exposure.js';
import { whoCanReach } from '../../../src/graph/radii/who-can-reach.js';
import { NOW } from '../../reference/draft.js';
import { drawn } from '../../support/drawn.js';
import { indexOf } from '../../support/plain-index.js';

/** The exposure of `h`: each entity with the level that it is reached with. */
async function exposed(...picture: Parameters<typeof drawn>): Promise<Record<string, number>> {
  const view = (await indexOf(drawn(...picture))).at(NOW);
  const { members } = exposureOf(view, view.numberOf('h'));
  for (const { entity } of members) {
    const reachers = whoCanReach(view, entity).members.map((reached) => view.idOf(reached.entity));
    expect(reachers).toContain('h');
  }
  return Object.fromEntries(members.map(({ entity, level }) => [view.idOf(entity), level]));
}

const [READ, WRITE, ADMIN] = [1, 2, 3];
const [USED, HELD] = [1, 2];

describe('the walk over what is live and not sustained', () => {
  const things = {
    h: 'Human LEFT',
    a: 'Account DISABLED',
    key: 'Token',
    child: 'Token',
    repo: 'Resource',
    vault: 'Secret',
  };
  const lines = [
    'h HAS_ACCOUNT a',
    'key CAN_ACCESS repo WRITE',
    'key DELEGATED_TO child',
    'child CAN_READ vault',
  ];

  test('a token that ends with its account is not in the answer, and gives no access', async () => {
    expect(await exposed(things, [...lines, 'a ISSUED key'])).toEqual({
      key: 1,
      repo: WRITE,
      child: 1,
      vault: 1,
    });
    // What came from it goes on working, where its source does not say that it ends too.
    expect(await exposed(things, [...lines, 'a ISSUED key sustains'])).toEqual({ child: 1, vault: 1 });
  });

  test('what a person sustains goes by their status, although the walk from them goes as if they were live', async () => {
    const owned = ['h OWNS bot sustains', 'bot CAN_ACCESS repo READ', 'h OWNS repo'];
    const bot = { bot: 'ServiceIdentity', repo: 'Resource' };
    expect(await exposed({ h: 'Human LEFT', ...bot }, owned)).toEqual({ repo: ADMIN });
    expect(await exposed({ h: 'Human LEAVING', ...bot }, owned)).toEqual({ bot: HELD, repo: ADMIN });
  });

  test('a resource that ended with what it was in hands nothing down', async () => {
    const things = { h: 'Human', a: 'Account', org: 'Resource RETIRED', repo: 'Resource', ci: 'Secret' };
    const lines = ['h HAS_ACCOUNT a', 'a CAN_ACCESS repo WRITE', 'repo HAS_SECRET ci', 'org CONTAINS repo'];
    expect(await exposed(things, lines)).toEqual({ a: HELD, repo: WRITE, ci: 1 });
    const sustained = [...lines.slice(0, 3), 'org CONTAINS repo sustains'];
    expect(await exposed(things, sustained)).toEqual({ a: HELD });
  });
});

describe('who can change what manages a thing', () => {
  const things = {
    h: 'Human',
    a: 'Account',
    code: 'Resource',
    bot: 'Account',
    key: 'Token',
    bucket: 'Resource',
    team: 'Group',
    stored: 'Secret',
  };
  const lines = [
    'h HAS_ACCOUNT a',
    'code MANAGES bot',
    'bot ISSUED key',
    'code MANAGES bucket',
    'code MANAGES team',
    'code MANAGES stored ADMIN',
  ];

  test('acts as a principal and administers a resource, but is not handed the tokens of the principal', async () => {
    const reached = { a: HELD, code: WRITE, bot: USED, bucket: ADMIN, team: 1 };
    expect(await exposed(things, [...lines, 'a CAN_ACCESS code WRITE'])).toEqual(reached);
    expect(await exposed(things, [...lines, 'a CAN_ACCESS code ADMIN'])).toEqual({
      ...reached,
      code: ADMIN,
      stored: 1,
    });
  });

  test('needs the permission on the resource that it is declared in', async () => {
    expect(await exposed(things, [...lines, 'a CAN_ACCESS code READ'])).toEqual({ a: HELD, code: READ });
  });

  test('reaches it from an app whatever it needs, as long as the app is effective', async () => {
    const byApp = ['h OWNS directory', 'directory MANAGES bucket ADMIN'];
    const things = { h: 'Human', directory: 'App', bucket: 'Resource' };
    expect(await exposed(things, byApp)).toEqual({ directory: HELD, bucket: ADMIN });
    expect(await exposed({ ...things, directory: 'App SUSPENDED' }, byApp)).toEqual({});
  });
});

test('who can make itself a member of a group reaches what the group can', async () => {
  const things = { h: 'Human', a: 'Account', admins: 'Group', prod: 'Resource', repo: 'Resource' };
  const lines = ['h HAS_ACCOUNT a', 'a CAN_ASSUME admins', 'admins CAN_ACCESS prod ADMIN'];
  expect(await exposed(things, lines)).toEqual({ a: HELD, admins: 1, prod: ADMIN });
  const byRepo = ['h HAS_ACCOUNT a', 'a CAN_ACCESS repo READ', 'repo CAN_ASSUME admins', lines[2]!];
  expect(await exposed(things, byRepo)).toEqual({ a: HELD, repo: READ });
});
