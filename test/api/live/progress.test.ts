import { expect, test } from '@jest/globals';
import { LiveReads } from '../../../src/api/live/live-reads.js';
import { progressOf } from '../../../src/api/offboarding/offboarding-progress.js';
import { HeldStore } from '../../http/held-store.js';
import { departure } from '../../offboarding/execute/departure.js';
import { at, TestService } from '../service.js';

/** The company as it was read before the moment that the service runs at. */
const LEAVING = JSON.parse(JSON.stringify(departure()).replaceAll('2026-11-20', '2026-05-20')) as unknown[];

test('a case is told of at a later revision each time, also where the head moves while it is read', async () => {
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
  const held = new HeldStore();
  const live = new LiveReads(held.around(service.tendril.store));
  const progress = await progressOf({ ...service.tendril, live }, id);
  const told: unknown[] = [];
  const takeOne = async () => told.push((await progress.next()).value);
  try {
    await takeOne();
    held.hold('head');
    const second = takeOne();
    const approve = `mutation { approvePlan(input: { offboarding: "${id}", planHash: "${planHash}", reason: "x" }) { revision } }`;
    await service.data(approve, { role: 'APPROVER' });
    await held.reached;
    const cancel = `mutation { cancelOffboarding(input: { offboarding: "${id}", reason: "x" }) { revision } }`;
    await service.data(cancel, { role: 'PLANNER' });
    held.letGo();
    await second;
    while (!(await progress.next()).done) expect('told of it again').toBe('once');
    const { revision } = await service.tendril.store.head();
    expect(told).toMatchObject([
      { one: { state: 'IN_REVIEW' }, head: { revision: revision - 2 } },
      { one: { state: 'CANCELLED' }, head: { revision } },
    ]);
  } finally {
    await progress.return();
    await service.stop();
  }
});
