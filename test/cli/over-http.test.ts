import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Service } from './support/service.js';
import { Bench, demoFiles, isOneSentence, type Outcome } from './support/tendril.js';

const TAMSIN = 'tamsin.okoro@fennmarsh.example';
const PRODUCTION = 'aws:fennmarsh/account/production';

/** Another store with the same company, for what is asked in process. */
let bench: Bench;
let service: Service;
let imported: Outcome;
beforeAll(async () => {
  bench = new Bench();
  service = await Service.start({ ada: ['ADMIN'], ben: ['ADMIN'], vic: ['VIEWER'] });
  await bench.demo();
  imported = await bench.runWith({ env: service.as('ada') }, 'import', ...demoFiles());
});
afterAll(async () => {
  await service.stop();
  bench.remove();
});

/** One command, asked of the service and in process. */
async function both(...words: readonly string[]): Promise<{ http: Outcome; local: Outcome }> {
  const http = await bench.runWith({ env: service.as('ada') }, ...words);
  return { http, local: await bench.run(...words) };
}

/** What was not found is told with the place that was asked, which is another one. */
const withoutPlace = ({ err, ...outcome }: Outcome) => ({
  ...outcome,
  err: err.replace(/This was asked of the (store|service at) \S+ \(TENDRIL_\w+\)\./, ''),
});

describe('import', () => {
  test('sends several files as one import', () => {
    const { code, out, err } = imported;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Imported as revision 1: \d+ created, 0 updated, 0 ended, 0 unchanged\.$/m);
  });

  test('names the files and the lines of what is wrong as in process, and so for standard input', async () => {
    const file = bench.path('wrong.ndjson');
    const lines = [
      { source: { id: 'w', syncedAt: '2026-11-01T00:00:00.000Z' }, mode: 'full' },
      { entity: { kind: 'Human', id: '' } },
    ];
    writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const stdin = JSON.stringify({ source: { id: 'x' } });
    const run = (env: Record<string, string>, ...words: string[]) =>
      bench.runWith({ env, stdin }, 'import', ...words);
    for (const words of [[file], [file, '-'], ['-'], ['-', '--json']]) {
      const told = await run(service.as('ada'), ...words);
      expect(told).toEqual(await run({}, ...words));
      expect(told.code).toBe(1);
    }
  });

  test('is for who may, and says who may not', async () => {
    const { code, err } = await bench.runWith({ env: service.as('vic') }, 'import', ...demoFiles());
    expect(code).toBe(1);
    expect(isOneSentence(err)).toBe(true);
    expect(err).toContain('vic has none of them');
  });
});

describe('questions have the same answers', () => {
  test.each([
    ['blast-radius', TAMSIN],
    ['blast-radius', TAMSIN, '--all'],
    ['blast-radius', TAMSIN, '--json'],
    ['blast-radius', 'github:fennmarsh/user/tamsin-okoro', '--as-of', '2026-11-23T09:00:00Z'],
    ['paths', TAMSIN, PRODUCTION],
    ['paths', TAMSIN, PRODUCTION, '--json'],
    ['paths', 'hr:fennmarsh/person/ingrid.solvang', 'github:fennmarsh/repo/mirror'],
    ['attention'],
    ['who-can-reach', PRODUCTION],
    ['who-can-reach', PRODUCTION, '--json'],
    ['exposed', '--by', 'orphans', '--csv'],
    ['lingering', '--json'],
    ['unowned', '--csv'],
    ['broken', '--json'],
    ['leaving', TAMSIN, 'hr:fennmarsh/person/devraj.menon', '--json'],
    ['accounts', '--unlinked', '--json'],
    ['accounts', '--all'],
    ['tokens', '--older-than', '2y', '--csv'],
    ['what-if', TAMSIN, 'aws:fennmarsh/token/carrier-key', '--human', TAMSIN],
    ['changes', '--since', '2026-01-01', '--human', TAMSIN],
    ['policy', 'explain', 'github:fennmarsh/repo/mirror', '--human', TAMSIN, '--json'],
  ])('%s %s %s', async (...words) => {
    const { http, local } = await both(...words);
    expect(http).toEqual(local);
  });

  test.each([
    [['blast-radius', 'nobody@fennmarsh.example']],
    [['blast-radius', PRODUCTION, '--json']],
    [['paths', 'nobody', PRODUCTION]],
    [['paths', TAMSIN, PRODUCTION, '--as-of', '2026-11-22']],
    [['export', '--source', 'hr:nobody']],
    [['export']],
  ])('refused, too: %s', async (words) => {
    const { http, local } = await both(...words);
    expect(withoutPlace(http)).toEqual(withoutPlace(local));
    expect(http.code).not.toBe(0);
  });
});

test('an export has the same bytes', async () => {
  const [theirs, ours] = [bench.path('theirs'), bench.path('ours')];
  const http = await bench.runWith({ env: service.as('ada') }, 'export', '--out', theirs, '--json');
  const local = await bench.run('export', '--out', ours, '--json');
  expect(JSON.parse(http.out.replaceAll(theirs, ours))).toEqual(JSON.parse(local.out));
  const contents = (folder: string) =>
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
  expect(contents(theirs)).toEqual(contents(ours));
  const one = await both('export', '--source', 'hr:fennmarsh');
  expect(one.http).toEqual(one.local);
});

describe('a service that does not answer', () => {
  test('because nothing is there: 3, and what to check', async () => {
    const env = { ...service.as('ada'), TENDRIL_URL: 'http://127.0.0.1:9' };
    for (const words of [
      ['paths', TAMSIN, PRODUCTION],
      ['export', '--out', bench.path('nothing')],
      ['import', ...demoFiles()],
    ]) {
      const { code, out, err } = await bench.runWith({ env }, ...words);
      expect({ code, out }).toEqual({ code: 3, out: '' });
      expect(isOneSentence(err)).toBe(true);
      expect(err).toContain('The service at http://127.0.0.1:9 cannot be reached; check TENDRIL_URL');
    }
  });

  test('because it does not know the token: refused, and the token is not repeated', async () => {
    const env = { ...service.as('ada'), TENDRIL_TOKEN: 'token-of-nobody' };
    const { code, out, err } = await bench.runWith({ env }, 'paths', TAMSIN, PRODUCTION);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('does not know the token in TENDRIL_TOKEN');
    expect(err).not.toContain('token-of-nobody');
  });

  test('because no token is set, or what is set is no address: wrong usage', async () => {
    for (const env of [{ TENDRIL_URL: service.url }, { TENDRIL_URL: 'ftp://there' }]) {
      const { code, err } = await bench.runWith({ env }, 'paths', TAMSIN, PRODUCTION);
      expect({ code, sentence: isOneSentence(err) }).toEqual({ code: 2, sentence: true });
    }
  });
});
