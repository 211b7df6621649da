import { existsSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { nodeProblems } from '../../src/client/local/doctor.js';
import { Bench, isOneSentence } from './support/tendril.js';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.remove());

interface Found {
  readonly problems: readonly string[];
  readonly [field: string]: unknown;
}

describe('doctor', () => {
  test('says what there is, and that a stale source is to be read again', async () => {
    await bench.demo();
    const { code, out, err } = await bench.run('doctor', '--json');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const found = JSON.parse(out) as Found;
    expect(found).toMatchObject({
      node: process.versions.node,
      clock: '2026-11-23T09:00:00.000Z',
      store: { address: `sqlite:${bench.store}`, revision: '1', entities: 289 },
      index: { kind: 'memory' },
      policy: { from: 'default', rotateReadable: 'sensitive' },
    });
    expect(found.problems).toEqual([expect.stringMatching(/^aws:fennmarsh was last read 2026-11-18/)]);
    const told = await bench.run('doctor');
    expect(told.out).toMatch(/^1 problem:\n! aws:fennmarsh was last read/);
    expect(told.out).toMatch(/^google:fennmarsh +40 .* Token$/m);
  });

  test('says in one problem what all is to be read again', async () => {
    await bench.demo();
    const { out } = await bench.runWith({ env: { TENDRIL_STALE_AFTER: '1m' } }, 'doctor', '--json');
    expect((JSON.parse(out) as Found).problems).toEqual([
      expect.stringMatching(
        /^\d+ sources were last read .*: aws:fennmarsh, .*; import new snapshots of them\.$/,
      ),
    ]);
  });

  test('all is well where nothing is stale', async () => {
    await bench.demo();
    const { code, out } = await bench.runWith({ env: { TENDRIL_STALE_AFTER: '30d' } }, 'doctor');
    expect({ code, first: out.split('\n')[0] }).toEqual({ code: 0, first: 'All is well.' });
  });

  test('an empty store is a problem of its own', async () => {
    writeFileSync(bench.store, '');
    const { code, out } = await bench.run('doctor');
    expect(code).toBe(1);
    expect(out).toContain('! The store is empty; import a snapshot');
    expect(out).toMatch(/^store +sqlite:\S+, schema \d+, empty$/m);
    expect(out).not.toContain('1970');
    const machine = await bench.run('doctor', '--json');
    expect(JSON.parse(machine.out)).toMatchObject({ store: { revision: '0', at: null } });
  });

  test('looks at this machine where the environment names a service and the token for it', async () => {
    await bench.demo();
    const env = { TENDRIL_URL: 'https://tendril.example', TENDRIL_TOKEN: 'of the service' };
    const { out, err } = await bench.runWith({ env }, 'doctor', '--json');
    expect(err).toBe('');
    expect(JSON.parse(out)).toMatchObject({ actsAs: userInfo().username, store: { revision: '1' } });
    const copy = bench.path('copy.db');
    expect(await bench.runWith({ env }, 'backup', copy)).toMatchObject({ code: 0, err: '' });
    const alone = await bench.runWith({ env: { TENDRIL_TOKEN: 'of nobody' } }, 'doctor');
    expect(alone).toMatchObject({ code: 2, err: expect.stringContaining('TENDRIL_TOKENS does not say') });
  });

  test('knows which Node.js is too old', () => {
    expect(nodeProblems('20.20.0')).toEqual([]);
    expect(nodeProblems('22.1.0')).toEqual([]);
    expect(nodeProblems('20.19.9')).toEqual([expect.stringContaining('older than 20.20')]);
    expect(nodeProblems('18.99.0')).toHaveLength(1);
  });
});

describe('a store that cannot be read is 3, for every question', () => {
  const QUESTIONS = [['doctor'], ['blast-radius', 'ada'], ['paths', 'a', 'b'], ['export']];

  test('none there: and none is made', async () => {
    const answers = QUESTIONS.map(async (words) => {
      const told = bench.run(...words);
      const machine = bench.run(...words, '--json');
      return { told: await told, machine: await machine };
    });
    for (const { told, machine } of await Promise.all(answers)) {
      expect([told.code, machine.code]).toEqual([3, 3]);
      expect(told.out + told.err).toContain(`There is no store at ${bench.store}`);
      expect(machine.err).toBe('');
      const { error, problems } = JSON.parse(machine.out) as {
        error?: { code: string };
        problems?: string[];
      };
      expect(error?.code ?? problems?.[0]).toMatch(/^UNAVAILABLE$|^There is no store/);
    }
    expect(existsSync(bench.store)).toBe(false);
  });

  test('something else, or damaged: said, and left as it is', async () => {
    writeFileSync(bench.store, 'This is a diary and no database.'.repeat(400));
    const answers = [...QUESTIONS, ['import', '-']].map(async (words) => {
      return { words, ...(await bench.runWith({ stdin: '{}' }, ...words)) };
    });
    for (const { words, code, out, err } of await Promise.all(answers)) {
      expect({ words, code }).toEqual({ words, code: 3 });
      expect(out + err).toContain('is not a Tendril store');
      if (words[0] !== 'doctor') expect(isOneSentence(err)).toBe(true);
    }
  });
});
