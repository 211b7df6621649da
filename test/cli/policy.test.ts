import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Bench, ROOT } from './support/tendril.js';

const DEFAULT = join(ROOT, 'seed/policy.default.json');

let bench: Bench;
beforeAll(async () => {
  bench = new Bench();
  await bench.demo();
});
afterAll(() => bench.remove());

test('a policy that stands is told as sentences, with its hash', async () => {
  const { code, out } = await bench.run('policy', 'check', DEFAULT);
  expect(code).toBe(0);
  expect(out).toMatch(/^A policy of 6 rules\. Hash: [0-9a-f]{64}\n/);
  expect(out).toContain('1. what nobody approved goes: if its approval is UNAPPROVED, it is retired.');
  expect(out).toContain('6. a person decides the rest: whatever it is, a person decides.');
});

test('one that does not stand is refused with the line', async () => {
  const text = readFileSync(DEFAULT, 'utf8').replace('"REVIEW"', '"PERHAPS"');
  const file = bench.path('policy.json');
  writeFileSync(file, text);
  const line = text.split('\n').findIndex((words) => words.includes('PERHAPS')) + 1;
  const { code, out, err } = await bench.run('policy', 'check', file);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain(`${file}:${line}`);
  expect(err).not.toContain('snapshot');
  expect((await bench.run('policy', 'check', bench.path('none.json'))).code).toBe(2);
});

test('it explains which rule decides, and why the earlier ones do not', async () => {
  const words = ['policy', 'explain', 'github:fennmarsh/workflow/dependency-scan'];
  const { code, out } = await bench.run(...words, '--human', 'tamsin.okoro@fennmarsh.example');
  expect(code).toBe(0);
  expect(out).toContain('REVIEW, by rule 6.');
  expect(out.match(/does not match/g)).toHaveLength(5);
  const said = await bench.json<{ rule: number; rules: unknown[]; because: { path: unknown[] } }>(
    ...words,
    '--human',
    'tamsin.okoro@fennmarsh.example',
  );
  expect(said).toMatchObject({ action: 'REVIEW', rule: 6, human: { name: 'Tamsin Okoro' } });
  expect([said.rules.length, said.because.path.length]).toEqual([6, 2]);
});
