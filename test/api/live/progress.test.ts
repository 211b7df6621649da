import { expect, test } from '@jest/globals';
import { LiveReads } from '../../../src/api/live/live-reads.js';
import { progressOf } from '../../../src/api/offboarding/offboarding-progress.js';
import { unavailable } from '../../../src/model/errors.js';
import { HeldStore } from '../../http/held-store.js';
import { departure } from '../../offboarding/execute/departure.js';
import { at, TestService } from '../service.js';

/** The company as it was read before the moment that the service runs at. */
const LEAVING = JSON.parse(JSON.stringify(departure()).replaceAll('2026-11-20', '2026-05-20')) as unknown[];

/** A service at which Ada is planned to leave. */
async function planned() {
  const service = await TestService.start({}, LEAVING);
  const plan =
    'mutation { planOffboarding(input: { human: "ada", reason: "x" }) { offboarding { id planHash } } }';
  const { id, planHash } = at(
    await service.data(plan, { role: 'PLANNER' }),
    'planOffboarding.offboarding',
  ) as {
    id: string;
    planHash: string;
  };
  const approve = () =>
    service.data(
      `mutation { approvePlan(input: { offboarding: "${id}", planHash: "${planHash}", reason: "x" }) { revision } }`,
      { role: 'APPROVER' },
    );
  const cancel = () =>
    service.data(
      `mutation { cancelOffboarding(input: { offboarding: "${id}", reason: "x" }) { revision } }`,
      {
        role: 'PLANNER',
      },
    );
  return { service, id, approve, cancel };
}

test('a case is told of at a later revision each time, also where the head moves while it is read', async () => {
  const { service, id, approve, cancel } = await planned();
  const held = new HeldStore();
  const live = new LiveReads(held.around(service.tendril.store));
  const progress = await progressOf({ ...service.tendril, live }, id);
  const told: unknown[] = [];
  const takeOne = async () => told.push((await progress.next()).value);
  try {
    await takeOne();
    held.hold('head');
    const second = takeOne();
    await approve();
    await held.reached;
    await cancel();
    held.letGo();
    await second;
    while (!(await progress.next()).done) expect('told of it again').toBe('once');
    const { revision } = await service.tendril.store.head();
    expect(told).toMatchObject([
      { offboarding: { state: 'IN_REVIEW' }, head: { revision: revision - 2 } },
      { offboarding: { state: 'CANCELLED' }, head: { revision } },
    ]);
  } finally {
    await progress.return();
    await service.stop();
  }
});

test('what could not be read while the store was away is told when it is back, though nothing moves then', async () => {
  const { service, id, approve } = await planned();
  let reads = 0;
  const { store } = service.tendril;
  const journal = Object.create(store.journal, {
    documents: {
      value: (...args: Parameters<typeof store.journal.documents>) => {
        reads += 1;
        // The first time it is read to begin with.
        if (reads === 2) return Promise.reject(unavailable('It is away.'));
        return store.journal.documents(...args);
      },
    },
  });
  const live = new LiveReads(Object.create(store, { journal: { value: journal } }));
  const progress = await progressOf({ ...service.tendril, live }, id);
  try {
    await progress.next();
    await approve();
    expect((await progress.next()).value).toMatchObject({ offboarding: { state: 'APPROVED' } });
    expect(reads).toBe(3);
  } finally {
    await progress.return();
    await service.stop();
  }
});
