import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Bench, demoFiles, isOneSentence } from './support/tendril.js';

let bench: Bench;
beforeAll(async () => {
  bench = new Bench();
  await bench.demo();
  const entry = (name: string, roles: string[]) => ({
    sha256: createHash('sha256').update(`token of ${name}`).digest('hex'),
    subject: name,
    roles,
  });
  const entries = [entry('reader', ['VIEWER']), entry('loader', ['IMPORTER'])];
  writeFileSync(bench.path('tokens.json'), JSON.stringify(entries));
});
afterAll(() => bench.remove());

const as = (name: string) => ({
  env: { TENDRIL_TOKENS: bench.path('tokens.json'), TENDRIL_TOKEN: `token of ${name}` },
});

const TAMSIN = 'tamsin.okoro@fennmarsh.example';

describe('as whom the command line acts', () => {
  test('without a token: the user of the operating system, who may do all', async () => {
    const { out } = await bench.run('doctor', '--json');
    expect(JSON.parse(out)).toMatchObject({ actsAs: userInfo().username });
  });

  test('with one: its subject, with its roles and no more', async () => {
    expect(JSON.parse((await bench.runWith(as('reader'), 'doctor', '--json')).out)).toMatchObject({
      actsAs: 'reader',
    });
    expect((await bench.runWith(as('reader'), 'blast-radius', TAMSIN)).code).toBe(0);
    expect((await bench.runWith(as('loader'), 'import', ...demoFiles())).code).toBe(0);
    for (const [who, words] of [
      ['reader', ['import', ...demoFiles()]],
      ['loader', ['blast-radius', TAMSIN]],
      ['loader', ['paths', TAMSIN, 'aws:fennmarsh/account/production']],
      ['loader', ['export']],
    ] as const) {
      const { code, out, err } = await bench.runWith(as(who), ...words);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(isOneSentence(err)).toBe(true);
      expect(err).toContain(`${who} has none of them`);
      const machine = await bench.runWith(as(who), ...words, '--json');
      expect(JSON.parse(machine.out)).toMatchObject({ error: { code: 'FORBIDDEN' } });
    }
  });

  test('who is refused leaves no store behind where there was none', async () => {
    const missing = bench.path('missing.db');
    for (const [who, words] of [
      ['reader', ['import', ...demoFiles()]],
      ['loader', ['export']],
    ] as const) {
      const { env } = as(who);
      const how = { env: { ...env, TENDRIL_STORE: `sqlite:${missing}` } };
      const { code, err } = await bench.runWith(how, ...words);
      expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(`${who} has none of them`) });
    }
    expect(existsSync(missing)).toBe(false);
  });

  test('with one that nobody has: refused, and the token is not repeated', async () => {
    const { code, out, err } = await bench.runWith(as('nobody'), 'blast-radius', TAMSIN);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('TENDRIL_TOKEN is none of the tokens');
    expect(err).not.toContain('token of nobody');
    const looked = await bench.runWith(as('nobody'), 'doctor');
    expect(looked.code).toBe(1);
    expect(looked.out).toContain('! TENDRIL_TOKEN is none of the tokens');
    expect(looked.out).not.toMatch(/^store/m);
  });
});
