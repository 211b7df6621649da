import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { departure } from '../../offboarding/execute/departure.js';
import { KEY, type Receiver, receiver } from '../../sources/webhook/receiver.js';
import { asPerson, type Person } from '../support/people.js';
import { Bench, outcomeOf } from '../support/tendril.js';

/** Which call the receiver keeps without an answer, counted from 1. */
const HELD = 5;

/** A company in which Ada is about to leave at once, and whose actions go to a receiver. */
async function approved(outside: Receiver): Promise<Bench> {
  const bench = new Bench();
  writeFileSync(bench.path('key'), `whsec_${KEY.toString('base64')}`);
  const webhook = { source: 'it', url: outside.webhook.url.href, secretFile: 'key', allowPrivate: true };
  writeFileSync(bench.path('webhooks.json'), JSON.stringify([webhook]));
  mkdirSync(bench.path('in'));
  const files = departure({ it: 'WEBHOOK', paper: 'SIMULATED' }).map((document, at) => {
    const file = bench.path(`in/${at}.json`);
    writeFileSync(file, JSON.stringify(document));
    return file;
  });
  expect(await bench.run('import', ...files)).toMatchObject({ code: 0, err: '' });
  for (const words of [
    ['plan', 'ada', '--reason', 'leaves'],
    ['approve', 'ada', '--yes', '--reason', 'agreed'],
  ]) {
    const who = words[0] === 'plan' ? 'pat' : 'ann';
    expect(await bench.runWith({ env: as(bench, who) }, 'offboard', ...words)).toMatchObject({
      code: 0,
      err: '',
    });
  }
  return bench;
}

const as = (bench: Bench, person: Person) => ({
  ...asPerson(bench, person),
  TENDRIL_WEBHOOKS: bench.path('webhooks.json'),
});

/** Everything that is exported in the end, by file. */
async function graphOf(bench: Bench): Promise<Record<string, string>> {
  const folder = bench.path('out');
  expect((await bench.run('export', '--out', folder)).code).toBe(0);
  return Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]),
  );
}

const keysOf = ({ calls }: Receiver) => calls.map(({ headers }) => String(headers['idempotency-key']));

test('Ctrl-C in the midst of a call leaves a case that goes on to the same end', async () => {
  let held = () => {};
  const whileHeld = new Promise<void>((resolve) => {
    held = resolve;
  });
  const [interrupted, calm] = [
    await receiver((response, nth) => (nth === HELD ? held() : response.writeHead(200).end())),
    await receiver((response) => response.writeHead(200).end()),
  ];
  const [stopped, whole] = [await approved(interrupted), await approved(calm)];
  try {
    const child = stopped.start(['offboard', 'execute', 'ada'], { env: as(stopped, 'ola') });
    const ending = outcomeOf(child);
    // Whatever it ends with, it has not ended yet.
    expect(await Promise.race([whileHeld, ending])).toBeUndefined();
    child.kill('SIGINT');
    const { code, out, err } = await ending;
    expect({ code, out }).toEqual({ code: 130, out: '' });
    const [, id] = /^Stopped: .* `tendril offboard resume (\S+)`\.\n$/.exec(err) ?? [];
    const half = await stopped.json<{ state: string; actions: { state: string; attempts: number }[] }>(
      'offboard',
      'show',
      'ada',
    );
    expect(half.state).toBe('EXECUTING');
    expect(half.actions.map(({ state }) => state)).toContain('PENDING');
    // Nobody waited for the answer: the call is neither over nor tried in vain.
    expect(half.actions.filter(({ state }) => state === 'RUNNING').map(({ attempts }) => attempts)).toEqual([
      0,
    ]);
    const resumed = await stopped.runWith({ env: as(stopped, 'ola') }, 'offboard', 'resume', id!);
    expect(resumed.out).toContain('VERIFIED');
    const ran = await whole.runWith({ env: as(whole, 'ola') }, 'offboard', 'execute', 'ada');
    expect(ran.out).toContain('VERIFIED');
    expect(await graphOf(stopped)).toEqual(await graphOf(whole));
    // What was held is asked for again, under the same key; nothing else is asked for twice.
    const keys = keysOf(interrupted);
    expect(keys[HELD]).toBe(keys[HELD - 1]);
    expect(new Set(keys).size).toBe(keys.length - 1);
    // Where orders are sent is part of a plan, and with its hash of the keys: only how many there are is the same.
    expect(new Set(keys).size).toBe(new Set(keysOf(calm)).size);
  } finally {
    stopped.remove();
    whole.remove();
    await interrupted.close();
    await calm.close();
  }
});
