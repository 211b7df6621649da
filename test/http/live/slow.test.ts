import { afterEach, expect, test } from '@jest/globals';
import { TestService } from '../../api/service.js';
import { commit, factOf } from '../../contract/fixtures.js';
import { type Heard, Listener, untilSubscribed } from './listener.js';

/** So large that a hundred of them fit into no buffer of the system. */
const TEXT = 'x'.repeat(256 * 1024);
const EVENTS = 100;
const AUDIT = 'subscription Audit($after: Int) { auditEventAdded(after: $after) { seq after } }';

let service: TestService;
const listeners: Listener[] = [];

afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.stop()));
  await service.stop();
});

function listener(): Listener {
  const made = new Listener(service.url, service.headers('AUDITOR').authorization);
  listeners.push(made);
  return made;
}

const happen = (count: number) =>
  commit(service.tendril.store, async () => {}, {
    facts: Array.from({ length: count }, () => factOf('HAPPENED', { after: { text: TEXT } })),
  });

const seqIn = (value: Record<string, unknown>) =>
  (value.data as { auditEventAdded: { seq: number } }).auditEventAdded.seq;

/** What is heard until there are so many, or until the subscription ends. */
async function seqsOf(heard: Heard, count: number): Promise<number[]> {
  const seqs: number[] = [];
  while (seqs.length < count) {
    const value = await heard.next().catch(() => null);
    if (value === null) break;
    seqs.push(seqIn(value));
  }
  return seqs;
}

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

test('a subscriber that stops reading is disconnected with a reason, and can resume later from where it was', async () => {
  service = await TestService.start({ limits: { liveTakeMillis: 2000 } });
  const [slow, quick] = [listener(), listener()];
  const [stopping, going] = [slow.hear(AUDIT), quick.hear(AUDIT)];
  const first = [seqsOf(stopping, 1), seqsOf(going, 1)];
  await untilSubscribed(service.url, 2);
  await happen(1);
  expect(await Promise.all(first)).toEqual([[1], [1]]);

  slow.socket!.pause();
  await happen(EVENTS);
  expect(await seqsOf(going, EVENTS)).toEqual(upTo(EVENTS + 1, 2));
  await untilSubscribed(service.url, 1);

  slow.socket!.resume();
  expect(await slow.closed).toEqual({
    code: 4413,
    reason: 'You receive messages too slowly. Connect again and subscribe to less.',
  });
  // What was on its way is all that was kept for it.
  const heard = await seqsOf(stopping, EVENTS);
  expect(heard).toEqual(upTo(heard.length + 1, 2));
  expect(heard.length).toBeLessThan(EVENTS);
  const last = heard.at(-1)!;
  const rest = await seqsOf(listener().hear(AUDIT, { after: last }), EVENTS + 1 - last);
  expect(rest).toEqual(upTo(EVENTS + 1, last + 1));
  expect(service.logged.some((line) => line.includes('"code":4413'))).toBe(true);
});

test('a connection on which pings are not answered ends with a reason', async () => {
  service = await TestService.start({ limits: { livePingMillis: 1000 } });
  const asleep = listener();
  const asked = seqsOf(asleep.hear(AUDIT), 1);
  await untilSubscribed(service.url, 1);
  asleep.socket!.pause();
  await untilSubscribed(service.url, 0);
  asleep.socket!.resume();
  expect(await asleep.closed).toEqual({ code: 4413, reason: 'A ping was not answered. Connect again.' });
  expect(await asked).toEqual([]);
});

test('a service that stops closes every connection with a reason, and does not wait for clients that do not answer', async () => {
  service = await TestService.start();
  const [asleep, awake] = [listener(), listener()];
  const asked = [asleep, awake].map((one) => seqsOf(one.hear(AUDIT), 1));
  await untilSubscribed(service.url, 2);
  asleep.socket!.pause();
  await service.stop();
  asleep.socket!.resume();
  const goodbye = { code: 1001, reason: 'The service is stopping. Connect again in a moment.' };
  expect(await Promise.all([asleep.closed, awake.closed])).toEqual([goodbye, goodbye]);
  expect(await Promise.all(asked)).toEqual([[], []]);
});
