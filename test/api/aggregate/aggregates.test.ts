import { afterEach, expect, test } from '@jest/globals';
import { Aggregates } from '../../../src/api/aggregate/aggregates.js';
import { HeldStore } from '../../http/held-store.js';
import { untilSo } from '../../support/until.js';
import { CODE, HR, many } from '../company.js';
import { at, TestService } from '../service.js';

let service: TestService;
afterEach(() => service.stop());

const ASKED = '{ overview { revision unowned } exposureRanking { revision nodes { exposed human { id } } } }';
const since = (revision: number) => ({ headers: { 'tendril-at-least-revision': String(revision) } });
const told = (data: unknown) => [
  at(data, 'overview.revision'),
  at(data, 'exposureRanking.revision'),
  at(data, 'exposureRanking.nodes.0.exposed'),
];

test('while a new state is worked out, answers are of the one before, and who has seen it waits', async () => {
  const held = new HeldStore();
  service = await TestService.start({ around: held.around }, [HR, CODE]);
  expect(told(await service.data(ASKED, since(2)))).toEqual(['2', '2', 8]);
  held.hold('list');
  await service.import(many(5));
  expect(told(await service.data(ASKED))).toEqual(['2', '2', 8]);
  let answered = false;
  const waiting = service.data(ASKED, since(3)).then((data) => {
    answered = true;
    return told(data);
  });
  expect(told(await service.data(ASKED))).toEqual(['2', '2', 8]);
  expect(answered).toBe(false);
  held.letGo();
  expect(await waiting).toEqual(['3', '3', 13]);
  expect(told(await service.data(ASKED))).toEqual(['3', '3', 13]);
});

test('a state is worked out though nobody asks, and again when a token expires', async () => {
  const held = new HeldStore();
  const counts = () => held.count('list');
  service = await TestService.start({ around: held.around }, [HR, CODE]);
  await service.data(ASKED, since(2));
  const before = counts();
  await service.import(many(5));
  await untilSo(() => counts() > before);
  await service.data(ASKED, since(3));
  const known = counts();
  const { clock } = service.tendril;
  const soon = {
    source: { id: 'x:acme', syncedAt: '2026-01-01T00:00:00.000Z' },
    mode: 'full',
    entities: [{ kind: 'Token', id: 'x:t', name: 't', expiresAt: new Date(clock.now() + 1).toISOString() }],
    relationships: [],
  };
  const revision = await service.import(soon);
  await service.data(ASKED, since(revision));
  expect(counts()).toBeGreaterThan(known);
  // Whatever else was under way in the background is over.
  await service.tendril.follower.stop();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const counted = counts();
  const late = clock.now() + 2;
  Object.assign(clock, { now: () => late });
  await untilSo(() => counts() > counted);
});

test('a commit that changes nothing of the graph is not worked out again, and is named', async () => {
  const held = new HeldStore();
  const counts = () => held.count('list');
  service = await TestService.start({ around: held.around }, [HR, CODE]);
  await service.data(ASKED, since(2));
  const counted = counts();
  const plan = `mutation { planOffboarding(input: { human: "hr:ada", reason: "leaves" }) { revision } }`;
  const data = await service.data(plan, { role: 'PLANNER' });
  const revision = Number(at(data, 'planOffboarding.revision'));
  const listed = counts();
  expect(told(await service.data(ASKED, since(revision)))).toEqual([`${revision}`, `${revision}`, 8]);
  expect(revision).toBeGreaterThan(2);
  // What planning itself lists aside, nothing was counted.
  expect([counts(), listed >= counted]).toEqual([listed, true]);
});

test('who has seen what is not worked out in time is told so', async () => {
  const held = new HeldStore();
  service = await TestService.start({ around: held.around }, [HR]);
  await service.data(ASKED, since(1));
  const { store, graphs, clock, log } = service.tendril;
  const aggregates = new Aggregates(store, graphs, clock, log, { fresh: 5, read: 50 });
  const of = async (atLeast: number) => {
    const { whole } = await graphs.current(clock.now());
    return aggregates.of(whole!, { atLeast, signal: new AbortController().signal });
  };
  expect((await of(1)).view.revision).toBe(1);
  held.hold('list');
  await service.import(CODE);
  await expect(of(2)).rejects.toMatchObject({ code: 'STALE_READ' });
  expect((await of(1)).view.revision).toBe(1);
  const stopped = aggregates.stop();
  held.letGo();
  await stopped;
  await expect(of(2)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});
