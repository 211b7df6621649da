import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { departure } from '../../offboarding/execute/departure.js';
import { asPerson, type Person } from '../support/people.js';
import { Bench } from '../support/tendril.js';

const RESET = '6/RESET_SIGN_IN/team';
const END = '6/END_RELATIONSHIP/team';
const UNTIL = '2026-11-24T00:00:00.000Z';

let bench: Bench;
beforeAll(async () => {
  bench = new Bench();
  const files = departure({ it: 'SIMULATED', paper: 'MANUAL' }).map((document, at) => {
    const file = bench.path(`${at}.json`);
    writeFileSync(file, JSON.stringify(document));
    return file;
  });
  expect(await bench.run('import', ...files)).toMatchObject({ code: 0, err: '' });
});
afterAll(() => bench.remove());

const as = (person: Person, words: readonly string[], clock = '2026-11-23T09:00:00.000Z') =>
  bench.runWith({ env: { ...asPerson(bench, person), TENDRIL_CLOCK: clock } }, 'offboard', ...words);

test('what a person does is marked in the plan, told as commands, waived for a while and attested', async () => {
  const planned = await as('pat', ['plan', 'ada', '--reason', 'leaves']);
  expect(planned.out).toContain('BY HAND: a person does what is to be done on paper, and attests it.');
  expect(planned.out).toMatch(/reset sign-in {2}team \[account\] {2}BY HAND/);
  expect(await as('ann', ['approve', 'ada', '--yes', '--reason', 'agreed'])).toMatchObject({ code: 0 });
  const waiting = await as('ola', ['execute', 'ada']);
  expect(waiting.out).toMatch(
    new RegExp(`^Next: tendril offboard attest \\S+ ${END} ${RESET} --statement "…" --evidence "…"$`, 'm'),
  );
  expect(waiting.out).toContain(`      - ada → HAS_ACCOUNT → team\n      action ${END}\n`);
  const waiver = [
    'waive',
    'ada',
    RESET,
    '--owner',
    'bea@acme.example',
    '--until',
    UNTIL,
    '--reason',
    'later',
  ];
  expect(await as('pat', waiver)).toMatchObject({ code: 1, out: '' });
  expect(await as('ann', waiver)).toMatchObject({ code: 0, err: '' });
  const words = ['attest', 'ada', END, '--statement', 'removed by hand', '--evidence', 'OPS-12'];
  const attested = await as('ola', words);
  expect(attested.out).toContain('VERIFIED');
  expect(attested.out).toContain('was waived by ann: later.');
});

test('a waiver that has run out opens the case again', async () => {
  const after = '2026-11-24T00:00:01.000Z';
  expect(await as('ola', ['verify', 'ada'], after)).toMatchObject({ code: 1 });
  const open = await bench.runWith({ env: { TENDRIL_CLOCK: after } }, 'attention', '--json');
  expect(JSON.parse(open.out)).toEqual([
    expect.objectContaining({ kind: 'EXPIRED_WAIVER', entityId: 'team', offboarding: expect.anything() }),
  ]);
  const resumed = await as('ola', ['resume', 'ada'], after);
  expect(resumed.code).toBe(1);
  expect(resumed.out).toContain('The waiver has run out.');
  const anew = ['waive', 'ada', RESET, '--owner', 'bea', '--until', '2027-01-01', '--reason', 'next year'];
  expect(await as('ann', anew, after)).toMatchObject({ code: 0, err: '' });
  expect((await as('ola', ['resume', 'ada'], after)).out).toContain('VERIFIED');
  // It is verified without what was waived; that may still be done, before its time is over.
  const words = ['attest', 'ada', RESET, '--statement', 'reset now', '--evidence', 'OPS-13'];
  const attested = await as('ola', words, after);
  expect(attested.out).toContain('VERIFIED');
  expect(attested.out).toContain('As far as the sources look, all invariants hold');
});

test('where nobody would take over, what to do next is to name somebody', async () => {
  const planned = await as('pat', ['plan', 'bea', '--reason', 'leaves']);
  expect(planned.out).toMatch(/^Next: tendril offboard replan \S+ --successor HUMAN --reason "…"\n/m);
  expect(planned.out).not.toContain('offboard decide');
});
