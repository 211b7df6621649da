import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CODE, HR } from '../../api/company.js';
import { at, TestService } from '../../api/service.js';
import { HeldStore } from '../held-store.js';
import { Listener, untilMetric, untilSubscribed } from './listener.js';

/** Connections of each of two subjects: as many as one may have. */
const EACH = 100;
const CHANGED = 'subscription { graphChanged { revision entities relationships } }';
const AUDIT = 'subscription { auditEventAdded { seq revision type } }';

const store = new HeldStore();
let service: TestService;
let listeners: Listener[] = [];
beforeAll(async () => {
  service = await TestService.start({ around: store.around }, [HR]);
});
afterAll(async () => {
  await Promise.all(listeners.map((listener) => listener.stop()));
  await service.stop();
});

test('two hundred subscribers hear of one change, which is read once for all of them', async () => {
  listeners = (['VIEWER', 'AUDITOR'] as const).flatMap((role) =>
    Array.from({ length: EACH }, () => new Listener(service.url, service.headers(role).authorization)),
  );
  const heard = listeners.map((listener, index) => listener.hear(index < EACH ? CHANGED : AUDIT));
  const told = heard.map((one) => one.next());
  await untilSubscribed(service.url, 2 * EACH);
  store.hold(null);
  const revision = await service.import(CODE);
  const all = await Promise.all(told);

  const change = { revision: String(revision), entities: CODE.entities.length };
  for (const one of all.slice(0, EACH)) expect(at(one, 'data.graphChanged')).toMatchObject(change);
  const event = { revision: String(revision), type: 'SNAPSHOT_IMPORTED' };
  for (const one of all.slice(EACH)) expect(at(one, 'data.auditEventAdded')).toMatchObject(event);
  const callsOf = (name: string) => store.asked.filter((asked) => asked === name).length;
  expect(callsOf('journal.auditEvents')).toBe(1);
  // Once for the graph itself, and once to count what changed.
  expect(callsOf('scan')).toBeLessThanOrEqual(2);

  await Promise.all(listeners.map((listener) => listener.stop()));
  await untilSubscribed(service.url, 0);
  await untilMetric(service.url, 'tendril_live_connections', 0);
});
