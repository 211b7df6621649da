import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { asPerson, type Person } from '../support/people.js';
import { Service } from '../support/service.js';
import { Bench, demoFiles, isOneSentence, type Outcome } from '../support/tendril.js';

const TAMSIN = 'tamsin.okoro@fennmarsh.example';
const SCAN = 'github:fennmarsh/workflow/dependency-scan';
/** After the last working day, so that nothing has to wait for it. */
const CLOCK = { TENDRIL_CLOCK: '2026-11-28T00:00:00.000Z' };

/** Another store with the same company, on which the same is done in process. */
let bench: Bench;
let service: Service;
beforeAll(async () => {
  bench = new Bench();
  await bench.demo();
  const people = { pat: ['PLANNER'], ann: ['APPROVER'], ola: ['OPERATOR'], aud: ['ADMIN'] } as const;
  service = await Service.start(people, CLOCK);
  const { code } = await bench.runWith({ env: service.as('aud') }, 'import', ...demoFiles());
  expect(code).toBe(0);
});
afterAll(async () => {
  await service.stop();
  bench.remove();
});

/** Cases get ids of their own in each store; a plan has none in it, so its hash is the same. */
const withoutIds = ({ code, out, err }: Outcome) => ({
  code,
  out: out.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID'),
  err: err.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'ID'),
});

/** The same command by the same person, at the service and in process. */
async function both(person: Person, ...words: readonly string[]) {
  const http = await bench.runWith({ env: service.as(person) }, ...words);
  const local = await bench.runWith({ env: { ...asPerson(bench, person), ...CLOCK } }, ...words);
  return { http: withoutIds(http), local: withoutIds(local) };
}

test.each<[Person, ...string[]]>([
  ['pat', 'offboard', 'plan', TAMSIN, '--reason', 'has left'],
  ['ann', 'offboard', 'approve', TAMSIN, '--reason', 'agreed', '--yes'],
  ['pat', 'offboard', 'decide', TAMSIN, SCAN, 'REHOME', '--reason', 'security needs it'],
  ['pat', 'offboard', 'approve', TAMSIN, '--reason', 'mine', '--yes'],
  ['ann', 'offboard', 'approve', TAMSIN, '--reason', 'agreed', '--yes'],
  ['ola', 'offboard', 'execute', TAMSIN],
  ['ola', 'offboard', 'verify', TAMSIN],
  ['ola', 'offboard', 'show', TAMSIN],
  ['pat', 'offboard', 'list'],
  ['ola', 'attention'],
])('%s: %s %s %s', async (person, ...words) => {
  const { http, local } = await both(person, ...words);
  expect(http).toEqual(local);
});

test('the service decides who is who: nobody approves a plan of their own', async () => {
  const human = 'ingrid.solvang@fennmarsh.example';
  const run = (...words: string[]) => bench.runWith({ env: service.as('aud') }, 'offboard', ...words);
  expect((await run('plan', human, '--reason', 'leaves')).code).toBe(0);
  const { code, out, err } = await run('approve', human, '--reason', 'mine', '--yes');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(isOneSentence(err)).toBe(true);
});

test('the chain of the service holds, and is exported', async () => {
  const env = service.as('aud');
  const verified = await bench.runWith({ env }, 'audit', 'verify');
  expect(verified.code).toBe(0);
  expect(verified.out).toMatch(/^The chain holds: \d+ events/);
  const file = bench.path('events.ndjson');
  expect((await bench.runWith({ env }, 'audit', 'export', '--out', file)).code).toBe(0);
  expect(await bench.run('audit', 'verify', file)).toMatchObject({ code: 0, err: '' });
});
