import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Bench, isOneSentence } from './support/tendril.js';

let bench: Bench;
beforeAll(async () => {
  bench = new Bench();
  await bench.demo();
});
afterAll(() => bench.remove());

const json = async (...words: string[]) => {
  const { code, out } = await bench.run(...words, '--json');
  expect(code).toBe(0);
  return JSON.parse(out) as Record<string, unknown>[];
};

/** The rows of a CSV without quotes in it. */
const csv = async (...words: string[]) => {
  const { code, out } = await bench.run(...words, '--csv');
  expect(code).toBe(0);
  return out
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
};

const ROWAN = 'hr:fennmarsh/person/rowan.pike';
const GIDEON = 'hr:fennmarsh/person/gideon.marsh';

describe('tokens', () => {
  test('are those that work, with whose they are', async () => {
    const { code, out } = await bench.run('tokens', '--type', 'personal-access-token');
    expect(code).toBe(0);
    expect(out).toMatch(/^\d+ tokens\n/);
    expect(out).not.toContain('SSH_KEY');
    expect(out).toMatch(/Mirror token of fennmarsh-ops.*Devraj Menon, Tamsin Okoro/);
  });

  test('by a time: what is known to match, and how many others there are', async () => {
    const { out } = await bench.run('tokens', '--expires-within', '3w');
    expect(out).toMatch(/^1 token\n/);
    expect(out).toMatch(/! Not in this list: \d+ more, whose expiry is not known, or never comes\./);
    expect(out).toContain(
      '! Not known: tokens of google:fennmarsh, which does not say that it looks for tokens.',
    );
    const used = await json('tokens', '--unused-for', '30d');
    expect(used.map(({ id }) => id)).toEqual(['github:fennmarsh/token/rowan-ssh']);
    const old = await csv('tokens', '--older-than', '2y', '--columns', 'createdAt,id');
    expect(old[0]).toEqual(['createdAt', 'id']);
    const times = old.slice(1).map(([time]) => time!);
    expect(times.length).toBeGreaterThan(5);
    expect(times).toEqual([...times].sort());
    expect(times.every((time) => time < '2024-11-24')).toBe(true);
  });

  test('that have expired, instead of those that work', async () => {
    const expired = await json('tokens', '--expired');
    expect(expired.every(({ status }) => status === 'EXPIRED')).toBe(true);
  });

  test('a type that there is not, a time that is none', async () => {
    const wrong = await bench.run('tokens', '--type', 'ssh-kye');
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('Did you mean SSH_KEY?');
    const time = await bench.run('tokens', '--older-than', 'long');
    expect(time.code).toBe(2);
    expect(isOneSentence(time.err)).toBe(true);
  });
});

describe('accounts', () => {
  test('that no human has', async () => {
    expect((await json('accounts', '--unlinked')).map(({ id }) => id)).toEqual([
      'entra:fennmarsh/guest/arjen.devries',
    ]);
  });

  test('by status, in any case', async () => {
    const rows = await csv('accounts', '--status', 'disabled', '--columns', 'status');
    expect(rows.length).toBeGreaterThan(1);
    expect(new Set(rows.slice(1).flat())).toEqual(new Set(['DISABLED']));
  });
});

describe('people', () => {
  test('who linger, as a table, as CSV and as JSON', async () => {
    const { out } = await bench.run('lingering');
    expect(out).toMatch(/^2 people who left and can still use something\n/);
    expect((await json('lingering')).map(({ human }) => (human as { id: string }).id)).toEqual([
      ROWAN,
      GIDEON,
    ]);
    expect((await csv('lingering', '--columns', 'id,exposed')).slice(1)).toEqual([
      [ROWAN, '11'],
      [GIDEON, '3'],
    ]);
  });

  test('who are a single point of failure', async () => {
    const rows = await csv('exposed', '--by', 'continuity', '--columns', 'continuity,name');
    expect(rows.slice(1, 3)).toEqual([
      ['6', 'Tamsin Okoro'],
      ['2', 'Gideon Marsh'],
    ]);
    expect((await bench.run('exposed')).out).toMatch(/… and \d+ more; `--all` shows all of them/);
    expect((await bench.run('exposed', '--all')).out).not.toContain('more; `--all`');
  });

  test('who can reach a thing, and by which way', async () => {
    const rows = await csv('who-can-reach', 'aws:fennmarsh/account/production', '--columns', 'id,status,can');
    expect(rows).toContainEqual([ROWAN, 'LEFT', 'ADMIN']);
    const { code, err } = await bench.run('who-can-reach', 'aws:fennmarsh/account/prodution');
    expect(code).toBe(1);
    expect(isOneSentence(err)).toBe(true);
  });
});

test('what would be, if some things ended', async () => {
  const rows = await csv('what-if', 'github:fennmarsh/token/ops-mirror');
  expect(rows.slice(1).map(([set, , , id]) => [set, id])).toEqual([
    ['stops', 'github:fennmarsh/workflow/mirror'],
    ['ended', 'github:fennmarsh/token/ops-mirror'],
  ]);
  const { out } = await bench.run('what-if', GIDEON, '--human', GIDEON);
  expect(out).toContain('nothing, as far as the sources look  could still be used');
  const tamsin = 'tamsin.okoro@fennmarsh.example';
  const asCsv = await bench.run('what-if', 'github:fennmarsh/token/ops-mirror', '--human', tamsin, '--csv');
  expect(asCsv.err).toContain('Not known: Token of google:fennmarsh/user/tamsin.okoro');
});

test('what is new for a person', async () => {
  const rows = await csv('changes', '--since', '2026-01-01', '--human', GIDEON, '--columns', 'change');
  expect(rows.slice(1)).toEqual([['GAINED'], ['GAINED'], ['GAINED']]);
});

test('what nobody answers for, of some kinds', async () => {
  const rows = await csv('unowned', '--kinds', 'job', '--columns', 'kind,id');
  expect(rows.slice(1)).toEqual([['JOB', 'entra:fennmarsh/schedule/payroll-export']]);
});

test('one of --json and --csv', async () => {
  const { code, err } = await bench.run('unowned', '--json', '--csv');
  expect(code).toBe(2);
  expect(err).toBe('');
});

describe('broken', () => {
  test('says of each app and job that does not work, or will not, when and by what', async () => {
    const { code, out } = await bench.run('broken');
    expect(code).toBe(0);
    expect(out).toMatch(/^\d+ workloads? do(es)? not work, or will not\n/);
    const rows = await json('broken');
    expect(rows.length).toBeGreaterThan(0);
    for (const { working, stopsAt, brokenBy, stopsBy } of rows) {
      expect(working === true).toBe(typeof stopsAt === 'string');
      expect(brokenBy === null).toBe(working);
      expect(stopsBy === null).toBe(!working);
    }
    const table = await csv('broken', '--columns', 'id,byId');
    expect(table).toHaveLength(rows.length + 1);
  });
});
