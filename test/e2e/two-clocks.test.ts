import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { asPerson } from '../cli/support/people.js';
import { Service } from '../cli/support/service.js';
import { Bench } from '../cli/support/tendril.js';
import { departure } from '../offboarding/execute/departure.js';
import { until } from '../support/until.js';

/** A demonstration long ago: by the clock of the system, its last working day is over. */
const BEFORE = '2020-01-02T09:00:00.000Z';
const AFTER = '2020-01-04T09:00:00.000Z';
const bench = new Bench();
let service: Service;

beforeAll(async () => {
  const company = JSON.stringify(departure()).replaceAll('2026-11-20', '2020-01-01');
  const files = (JSON.parse(company) as unknown[]).map((document, at) => {
    const file = bench.path(`${at}.json`);
    writeFileSync(file, JSON.stringify(document));
    return file;
  });
  expect(await at(BEFORE, 'import', ...files)).toMatchObject({ code: 0 });
  // The service uses the same store, and the clock of the system.
  const env = { TENDRIL_STORE: `sqlite:${bench.store}`, TENDRIL_CLOCK: '' };
  service = await Service.start({ ola: ['OPERATOR'], vic: ['VIEWER'] }, env);
});
afterAll(async () => {
  await service.stop();
  bench.remove();
});

const at = (clock: string, ...words: string[]) => bench.runWith({ env: { TENDRIL_CLOCK: clock } }, ...words);

const ofService = (person: string, ...words: string[]) =>
  bench.runWith({ env: { ...service.as(person), TENDRIL_CLOCK: '' } }, ...words);

const stateIn = ({ out }: { readonly out: string }): unknown => (JSON.parse(out) as { state: unknown }).state;

test('a case of a fixed clock is left alone by a service that runs beside it, and goes on by its own', async () => {
  const planned = await at(
    BEFORE,
    'offboard',
    'plan',
    'ada',
    '--last-working-day',
    '2020-01-03',
    '--reason',
    'x',
  );
  expect(planned.out).toContain('FIXED CLOCK: planned at 2020-01-02T09:00:00.000Z by TENDRIL_CLOCK');
  const anna = { ...asPerson(bench, 'ann'), TENDRIL_CLOCK: BEFORE };
  const approved = await bench.runWith({ env: anna }, 'offboard', 'approve', 'ada', '--yes', '--reason', 'x');
  expect(approved).toMatchObject({ code: 0 });
  expect((await at(BEFORE, 'offboard', 'execute', 'ada')).out).toContain(', WAITING.');
  // The service has seen the case, whose time has come by its clock, and says why it does nothing.
  const attention = () => ofService('vic', 'attention');
  const told = await until(attention, ({ out }) => out.includes('CASE_STUCK'));
  expect(told.out).toContain('planned by a fixed clock (TENDRIL_CLOCK)');
  const refused = await ofService('ola', 'offboard', 'resume', 'ada');
  expect(refused).toMatchObject({
    code: 1,
    err: expect.stringContaining('set TENDRIL_CLOCK as for its plan'),
  });
  expect(stateIn(await ofService('vic', 'offboard', 'show', 'ada', '--json'))).toBe('WAITING');
  expect(await at(AFTER, 'offboard', 'resume', 'ada')).toMatchObject({
    code: 0,
    out: expect.stringContaining(', VERIFIED.'),
  });
});
