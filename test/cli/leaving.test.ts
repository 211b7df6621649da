import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Bench } from './support/tendril.js';

let bench: Bench;
beforeAll(async () => {
  bench = new Bench();
  await bench.demo();
});
afterAll(() => bench.remove());

const PEOPLE = ['hr:fennmarsh/person/tamsin.okoro', 'hr:fennmarsh/person/devraj.menon'];

test('says what stops and what nobody answers for, and what of it only because they leave together', async () => {
  const { code, out } = await bench.run('leaving', ...PEOPLE);
  expect(code).toBe(0);
  expect(out).toMatch(/^Devraj Menon \[human.*\n.*Tamsin Okoro \[human/s);
  expect(out).toMatch(
    /continuity\s+workloads that would stop working, \d+ of them only because they leave together/,
  );
  expect(out).toContain('Devraj Menon and Tamsin Okoro');
  expect(out).toContain('only together');
  const json = await bench.run('leaving', ...PEOPLE, '--json');
  const radius = JSON.parse(json.out) as {
    humans: { id: string }[];
    continuity: { entity: { id: string }; onlyTogether: boolean }[];
  };
  expect(radius.humans.map(({ id }) => id).sort()).toEqual([...PEOPLE].sort());
  const together = radius.continuity.filter(({ onlyTogether }) => onlyTogether);
  expect(together.length).toBeGreaterThan(0);
});

test('as CSV, all sets are one table, and what is not known is said beside it', async () => {
  const { code, out, err } = await bench.run('leaving', ...PEOPLE, '--csv');
  expect(code).toBe(0);
  const [head, ...rows] = out.split('\r\n').filter((line) => line !== '');
  expect(head).toBe('set,kind,name,id,can,onlyTogether,foreign,resolution,path');
  const sets = new Set(rows.map((row) => row.slice(0, row.indexOf(','))));
  expect([...sets]).toEqual(['exposure', 'continuity', 'orphans', 'cut', 'conflicts']);
  expect(rows.filter((row) => /^(continuity|orphans),.*,true,/.test(row)).length).toBeGreaterThan(0);
  expect(err).toMatch(/Blind spot: google:fennmarsh/);
  expect(err).toMatch(/Stale: aws:fennmarsh/);
});

test('an account is nobody who leaves', async () => {
  const { code, err } = await bench.run('leaving', 'github:fennmarsh/user/tamsin-okoro');
  expect(code).toBe(1);
  expect(err).toContain('Name the person who has it');
});
