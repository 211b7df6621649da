import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { departure } from '../../offboarding/execute/departure.js';
import { KEY, receiver } from '../../sources/webhook/receiver.js';
import { until } from '../../support/until.js';
import { asPerson, type Person, ROLES_OF } from '../support/people.js';
import { Service } from '../support/service.js';
import { Bench, type Outcome, outcomeOf } from '../support/tendril.js';

/** Two stores with the same company: one that commands open, and one that a service has. */
let bench: Bench;
let service: Service;
beforeAll(async () => {
  bench = new Bench();
  service = await Service.start(ROLES_OF);
  const files = snapshots(bench, { it: 'SIMULATED', paper: 'MANUAL' });
  for (const env of [{}, service.as('adi')]) {
    expect(await bench.runWith({ env }, 'import', ...files)).toMatchObject({ code: 0, err: '' });
  }
});
afterAll(async () => {
  await service.stop();
  bench.remove();
});

function snapshots(of: Bench, actuation: Parameters<typeof departure>[0]): string[] {
  mkdirSync(of.path('in'), { recursive: true });
  return departure(actuation).map((document, at) => {
    const file = of.path(`in/${at}.json`);
    writeFileSync(file, JSON.stringify(document));
    return file;
  });
}

/** What is told, without what is another one in each store. */
const told = ({ code, out, err }: Outcome) => {
  const same = (text: string) =>
    text
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
      .replaceAll(/[0-9a-f]{64}/g, 'HASH')
      .replace(/This was asked of the (store|service at) \S+ \(TENDRIL_\w+\)\./, 'ASKED')
      .replaceAll(/\b(there|here)\b/g, 'FOLDER');
  return { code, out: same(out), err: same(err) };
};

/** A command of a person, in process and over HTTP: both tell the same. */
async function both(person: Person, ...words: string[]): Promise<Outcome> {
  const [local, http] = await Promise.all([
    bench.runWith({ env: asPerson(bench, person) }, ...words),
    bench.runWith({ env: service.as(person) }, ...words.map(theirs)),
  ]);
  expect(told(http)).toEqual(told(local));
  return http;
}

/** Two commands cannot write the same file. */
const theirs = (word: string): string => word.replace(/^here/, 'there');

test('a case is planned, decided, approved by another, executed, attested and verified as in process', async () => {
  await both('pat', 'offboard', 'show', 'ada');
  await both('pat', 'offboard', 'plan', 'ada', '--reason', 'leaves');
  await both('pat', 'offboard', 'decide', 'ada', 'report', 'RETIRE', '--reason', 'nobody reads it');
  const refused = await both('vic', 'offboard', 'approve', 'ada', '--reason', 'mine', '--yes');
  expect(refused.code).toBe(1);
  expect((await both('ann', 'offboard', 'approve', 'ada', '--reason', 'agreed')).code).toBe(2);
  const hash = ['--plan-hash', 'f'.repeat(64)];
  await both('ann', 'offboard', 'approve', 'ada', '--reason', 'agreed', ...hash, '--json');
  expect((await both('ann', 'offboard', 'approve', 'ada', '--reason', 'agreed', '--yes')).code).toBe(0);
  const waiting = await both('ola', 'offboard', 'execute', 'ada');
  expect(waiting.out).toContain('FOR A PERSON');
  await both('vic', 'offboard', 'verify', 'ada');
  await both('vic', 'offboard', 'list', '--states', 'WAITING');
  const [, attest] = /^Next: tendril (offboard attest .*) --statement/m.exec(waiting.out) ?? [];
  const actions = attest!.split(' ').slice(3);
  const said = ['--statement', 'removed by hand', '--evidence', 'OPS-12'];
  const ended = await both('ola', 'offboard', 'attest', 'ada', ...actions, ...said);
  expect(ended.out).toContain('VERIFIED. Assurance: SIMULATED');
  await both('vic', 'offboard', 'show', 'ada', '--json');
  await both('vic', 'offboard', 'verify', 'ada', '--json');
});

test('what it did is exported, and holds without the service', async () => {
  await both('aud', 'audit', 'verify');
  expect((await both('vic', 'audit', 'verify')).code).toBe(1);
  await both('aud', 'audit', 'export', '--out', 'here.ndjson', '--json');
  const elsewhere = { env: { TENDRIL_STORE: 'sqlite:none.db' } };
  expect(await bench.runWith(elsewhere, 'audit', 'verify', 'there.ndjson')).toMatchObject({ code: 0 });
  await both('aud', 'audit', 'export', '--case', 'ada', '--out', 'here');
  expect(readdirSync(bench.path('there'))).toEqual(readdirSync(bench.path('here')));
  const plan = (folder: string) => readFileSync(join(bench.path(folder), 'plan.json'), 'utf8');
  expect(plan('there')).toBe(plan('here'));
  const key = ['--key', 'key.pem', '--generate-key', '--out', 'checkpoint.json'];
  const signed = await bench.runWith({ env: service.as('aud') }, 'audit', 'checkpoint', ...key);
  expect(signed).toMatchObject({ code: 0, err: '' });
  const checked = ['audit', 'verify', '--checkpoint', 'checkpoint.json'];
  expect(await bench.runWith({ env: service.as('aud') }, ...checked)).toMatchObject({ code: 0, err: '' });
  const other = await bench.runWith({ env: asPerson(bench, 'aud') }, ...checked);
  expect(other.out).toContain('everything up to here was written anew');
});

test('one thing is previewed, refused where it breaks something, and done', async () => {
  const because = ['--reason', 'leaked'];
  await both('pat', 'retire', 'payroll', ...because, '--dry-run');
  await both('pat', 'retire', 'payroll', ...because, '--dry-run', '--json');
  expect((await both('pat', 'retire', 'payroll', ...because, '--yes')).code).toBe(1);
  await both('ola', 'revoke', 'ada', ...because, '--yes');
  await both('adi', 'retire', 'payroll', ...because, '--yes', '--expected-hash', 'f'.repeat(64));
  await both('adi', 'retire', 'payroll', ...because, '--yes');
});

test('Ctrl-C only stops looking: the service goes on', async () => {
  let held = (_: () => void) => {};
  const call = new Promise<() => void>((resolve) => {
    held = resolve;
  });
  const outside = await receiver((response, nth) => {
    const answer = () => void response.writeHead(200).end();
    if (nth === 3) held(answer);
    else answer();
  });
  const place = new Bench();
  writeFileSync(place.path('key'), `whsec_${KEY.toString('base64')}`);
  const webhook = { source: 'it', url: outside.webhook.url.href, secretFile: 'key', allowPrivate: true };
  writeFileSync(place.path('webhooks.json'), JSON.stringify([webhook]));
  const slow = await Service.start(ROLES_OF, { TENDRIL_WEBHOOKS: place.path('webhooks.json') });
  const as = (person: Person, ...words: string[]) => place.runWith({ env: slow.as(person) }, ...words);
  try {
    await as('adi', 'import', ...snapshots(place, { it: 'WEBHOOK', paper: 'SIMULATED' }));
    await as('pat', 'offboard', 'plan', 'ada', '--reason', 'leaves');
    expect(await as('ann', 'offboard', 'approve', 'ada', '--yes', '--reason', 'agreed')).toMatchObject({
      code: 0,
    });
    const child = place.start(['offboard', 'execute', 'ada'], { env: slow.as('ola') });
    const ending = outcomeOf(child);
    const answer = await call;
    child.kill('SIGINT');
    const { code, out, err } = await ending;
    expect({ code, out }).toEqual({ code: 130, out: '' });
    expect(err).toMatch(/^Stopped looking: .* `tendril offboard show \S+`\.\n$/);
    answer();
    const state = async () =>
      (JSON.parse((await as('vic', 'offboard', 'show', 'ada', '--json')).out) as { state: string }).state;
    expect(await until(state, (now) => now !== 'EXECUTING')).toBe('VERIFIED');
  } finally {
    await slow.stop();
    place.remove();
    await outside.close();
  }
});
