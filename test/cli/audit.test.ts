import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DatabaseSync } from '@photostructure/sqlite';
import { Bench } from './support/tendril.js';

const bench = new Bench();
const [key, checkpoint, exported] = ['key.pem', 'checkpoint.json', 'events.ndjson'] as const;

beforeAll(async () => {
  await bench.demo();
  const made = await bench.run('audit', 'checkpoint', '--key', key, '--generate-key', '--out', checkpoint);
  expect(made).toMatchObject({ code: 0, err: '' });
  const written = await bench.run('audit', 'export', '--out', exported);
  expect(written).toMatchObject({ code: 0, err: '' });
  expect(written.out).toContain(`events to ${exported}`);
}, 60_000);
afterAll(() => bench.remove());

const EVENTS = () => readFileSync(bench.path(exported), 'utf8').trimEnd().split('\n').length - 1;

describe('tendril audit', () => {
  test('verifies the store and an exported file, without any store for the file', async () => {
    const found = { valid: true, events: EVENTS(), firstBrokenAt: null };
    expect(await bench.json('audit', 'verify')).toMatchObject(found);
    const env = { TENDRIL_STORE: `sqlite:${bench.path('nowhere.db')}` };
    const words = ['audit', 'verify', exported, '--checkpoint', checkpoint, '--key', key];
    const { code, out } = await bench.runWith({ env }, ...words);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringMatching(/^The chain holds/) });
  });

  test('a file that was tampered with ends with 1 and the place', async () => {
    const text = readFileSync(bench.path(exported), 'utf8').replace('SNAPSHOT_IMPORTED', 'SNAPSHOT_IMPORTEE');
    const { code, out } = await bench.runWith({ stdin: text }, 'audit', 'verify', '-');
    expect({ code, out }).toEqual({ code: 1, out: expect.stringMatching(/not hold at event 1\./) });
  });

  test('an end cut off the store is found with a checkpoint', async () => {
    const cut = new Bench();
    try {
      await cut.demo();
      const words = ['audit', 'checkpoint', '--key', key, '--generate-key', '--out', checkpoint];
      expect(await cut.run(...words)).toMatchObject({ code: 0 });
      const db = new DatabaseSync(cut.store);
      db.exec('DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)');
      db.close();
      expect(await cut.run('audit', 'verify')).toMatchObject({ code: 0 });
      const found = await cut.run('audit', 'verify', '--checkpoint', checkpoint);
      expect(found).toMatchObject({ code: 1, out: expect.stringMatching(/cut off/) });
    } finally {
      cut.remove();
    }
  });

  test('a checkpoint of another store, another key or with a change is refused', async () => {
    const verify = (...words: readonly string[]) => bench.run('audit', 'verify', '--checkpoint', ...words);
    const text = readFileSync(bench.path(checkpoint), 'utf8');
    writeFileSync(bench.path('changed.json'), text.replace(/"seq": \d+/, '"seq": 1'));
    expect(await verify('changed.json')).toMatchObject({ code: 1, err: expect.stringMatching(/signature/) });
    const other = ['audit', 'checkpoint', '--key', 'other.pem', '--generate-key'];
    expect(await bench.run(...other)).toMatchObject({ code: 0 });
    const wrong = await verify(checkpoint, '--key', 'other.pem');
    expect(wrong).toMatchObject({ code: 1, err: expect.stringMatching(/another key/) });
  });

  test('a key is for its owner only, and never written over', async () => {
    expect(statSync(bench.path(key)).mode & 0o777).toBe(0o600);
    const again = await bench.run('audit', 'checkpoint', '--key', key, '--generate-key');
    expect(again.code).not.toBe(0);
    writeFileSync(bench.path('open.pem'), readFileSync(bench.path(key)));
    chmodSync(bench.path('open.pem'), 0o644);
    const open = await bench.run('audit', 'checkpoint', '--key', 'open.pem');
    expect(open).toMatchObject({ code: 1, err: expect.stringMatching(/Others may use/) });
  });
});
