import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { untilSo } from '../support/until.js';
import { Bench, isOneSentence, outcomeOf, PROGRAM } from './support/tendril.js';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.remove());

type Item = Readonly<Record<string, unknown>>;

/** Writes a snapshot as NDJSON and gives its path. */
function snapshot(source: string, items: readonly Item[], syncedAt = '2026-11-01T00:00:00.000Z'): string {
  const header = { source: { id: source, syncedAt }, mode: 'full' };
  const path = bench.path(`${source}-${syncedAt.slice(0, 10)}.ndjson`);
  writeFileSync(path, [header, ...items].map((item) => `${JSON.stringify(item)}\n`).join(''));
  return path;
}

const entity = (kind: string, id: string, more: Item = {}): Item => ({
  entity: { kind, id, name: id, ...more },
});
const has = (from: string, to: string): Item => ({ relationship: { type: 'HAS_ACCOUNT', from, to } });

const people = () => snapshot('hr', [entity('Human', 'hr/ada', { email: 'ada@acme.example' })]);
const logins = () => snapshot('git', [entity('Account', 'git/ada'), has('hr/ada', 'git/ada')]);

describe('import', () => {
  test('takes files that refer to each other as one commit, and the same again as nothing', async () => {
    const files = [logins(), people()];
    expect(await bench.run('import', ...files)).toEqual({
      code: 0,
      out: 'Imported as revision 1: 3 created, 0 updated, 0 ended, 0 unchanged.\n',
      err: '',
    });
    expect((await bench.run('import', ...files)).out).toBe(
      'Nothing changed: 0 created, 0 updated, 0 ended, 3 unchanged.\n',
    );
  });

  test('says what was read before what is here already', async () => {
    const path = bench.path('older.json');
    const source = { id: 'hr', syncedAt: '2020-01-01' };
    writeFileSync(path, JSON.stringify({ source, mode: 'delta', entities: [], relationships: [] }));
    await bench.run('import', people());
    const { out } = await bench.run('import', path);
    expect(out.split('\n')[1]).toBe(
      'Read before what is here already, which stands where both speak: hr. Is its syncedAt right?',
    );
  });

  test('--json gives what the mutation gives', async () => {
    expect(await bench.json('import', people())).toEqual({
      revision: '1',
      created: 1,
      updated: 0,
      ended: 0,
      unchanged: 0,
      skipped: [],
      overtaken: [],
    });
  });

  test('- reads one from standard input, and leaves nothing lying about', async () => {
    const document = {
      source: { id: 'hr', syncedAt: '2026-11-01' },
      mode: 'full',
      entities: [{ kind: 'Human', id: 'hr/ada' }],
      relationships: [],
    };
    const { code, out } = await bench.runWith({ stdin: JSON.stringify(document) }, 'import', '-', logins());
    expect({ code, out: out.slice(0, 33) }).toEqual({ code: 0, out: 'Imported as revision 1: 3 created' });
    expect(readdirSync(bench.path('incoming'))).toEqual([]);
  });

  test('refuses whole: every problem, for people and for machines, and nothing written', async () => {
    const bad = snapshot('bad', [entity('Cat', 'bad/tom'), entity('Human', 'bad/\u0007')]);
    const told = await bench.run('import', people(), bad);
    expect({ code: told.code, out: told.out }).toEqual({ code: 1, out: '' });
    expect(told.err).toMatch(/^The snapshot has 2 problems and nothing of it was written\./);
    expect(told.err).not.toContain('First: ');
    expect(told.err).toMatch(/line 2 +kind +UNKNOWN_KIND/);
    expect(told.err).not.toContain('\u0007');
    const { code, out } = await bench.run('import', people(), bad, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      error: {
        code: 'SNAPSHOT_REFUSED',
        problemCount: 2,
        problems: [{ rule: 'UNKNOWN_KIND' }, { rule: 'BAD_ID' }],
      },
    });
    expect((await bench.run('blast-radius', 'hr/ada')).code).toBe(1);
  });

  test('one problem is one, and is told once', async () => {
    const { err } = await bench.run('import', snapshot('bad', [entity('Cat', 'bad/tom')]));
    const [first, ...list] = err.trimEnd().split('\n');
    expect(first).toBe('The snapshot has 1 problem and nothing of it was written. Mend it and import again.');
    expect(list).toEqual([
      expect.stringMatching(/^row +field +rule +message$/),
      expect.stringMatching(/^line 2 +kind +UNKNOWN_KIND/),
    ]);
  });

  test('--dangling skip leaves out what nobody knows, and says what', async () => {
    const alone = logins();
    expect((await bench.run('import', alone)).err).toContain('DANGLING_END');
    const { code, out } = await bench.run('import', alone, '--dangling', 'skip');
    expect(code).toBe(0);
    expect(out).toContain('Left out 1, for an end of each is not known:');
    expect(out).toContain('hr/ada');
    const { skipped } = await bench.json<{ skipped: unknown[] }>('import', alone, '--dangling', 'skip');
    expect(skipped).toMatchObject([{ rule: 'DANGLING_END' }]);
  });

  test('--force lets a snapshot end most of its source', async () => {
    const humans = ['a', 'b', 'c', 'd'].map((name) => entity('Human', `hr/${name}`));
    await bench.run('import', snapshot('hr', humans));
    const shrunk = snapshot('hr', humans.slice(0, 1), '2026-11-02T00:00:00.000Z');
    expect(await bench.run('import', shrunk)).toMatchObject({
      code: 1,
      err: expect.stringContaining('MASS_END'),
    });
    expect((await bench.run('import', shrunk, '--force')).out).toContain('3 ended');
  });
});

describe('import that cannot be', () => {
  test('a file that is not there, a folder, a name given twice: 2, and no store is made', async () => {
    mkdirSync(bench.path('folder'));
    const file = people();
    for (const words of [['missing.ndjson'], [bench.path('folder')], [file, file]]) {
      const { code, out, err } = await bench.run('import', ...words);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(isOneSentence(err)).toBe(true);
      expect(err).toContain(words[0]);
    }
    expect(existsSync(bench.store)).toBe(false);
  });

  test('a disk that takes no more: 1, nothing written, and the store opens again', async () => {
    const many = Array.from({ length: 4000 }, (_, at) => entity('Human', `hr/${at}`));
    const words = ['-c', 'ulimit -f 200; exec "$@"', 'sh', process.execPath, PROGRAM];
    const child = bench.startProgram('sh', [...words, 'import', snapshot('hr', many)]);
    const { code, out, err } = await outcomeOf(child);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(isOneSentence(err)).toBe(true);
    expect(err).toMatch(/disk/);
    const found = await bench.run('doctor', '--json');
    expect(JSON.parse(found.out)).toMatchObject({ store: { revision: '0', entities: 0 } });
  });

  test('Ctrl-C: 130, nothing half-written', async () => {
    const many = Array.from({ length: 60_000 }, (_, at) => entity('Human', `hr/${at}`));
    const child = bench.start(['import', snapshot('hr', many)]);
    const ended = outcomeOf(child);
    await untilSo(() => existsSync(`${bench.store}-wal`));
    child.kill('SIGINT');
    expect(await ended).toEqual({ code: 130, out: '', err: 'Stopped: nothing was written.\n' });
    const found = await bench.run('doctor', '--json');
    expect(JSON.parse(found.out)).toMatchObject({ store: { revision: '0', entities: 0 } });
  });

  test('Ctrl-C while standard input is still coming: 130, and what had come is gone', async () => {
    const child = bench.start(['import', '-']);
    const ended = outcomeOf(child);
    child.stdin?.write('{"source":{"id":"hr","syncedAt":"2026-11-01"},"mode":"full"}\n');
    await untilSo(() => existsSync(bench.path('incoming')) && readdirSync(bench.path('incoming')).length > 0);
    child.kill('SIGINT');
    expect(await ended).toEqual({ code: 130, out: '', err: 'Stopped: nothing was written.\n' });
    expect(readdirSync(bench.path('incoming'))).toEqual([]);
  });
});

test('two processes that write at once: both succeed, or one is told CONFLICT', async () => {
  await bench.run('import', people());
  const files = ['one', 'two', 'three'].map((name) =>
    snapshot(
      name,
      Array.from({ length: 2000 }, (_, at) => entity('Account', `${name}/${at}`)),
    ),
  );
  const outcomes = await Promise.all(files.map((file) => bench.run('import', file, '--json')));
  const done = outcomes.filter(({ code }) => code === 0);
  const rest = outcomes.filter(({ code }) => code !== 0);
  for (const { code, out } of rest) {
    expect({ code, error: JSON.parse(out) }).toMatchObject({
      code: 1,
      error: { error: { code: 'CONFLICT' } },
    });
  }
  const revisions = done.map(({ out }) => Number((JSON.parse(out) as { revision: string }).revision));
  expect(revisions.sort()).toEqual(done.map((_, at) => at + 2));
  const { store } = JSON.parse((await bench.run('doctor', '--json')).out) as { store: { entities: number } };
  expect(store.entities).toBe(1 + 2000 * done.length);
});
