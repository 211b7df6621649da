import { describe, expect, test } from '@jest/globals';
import { runCase } from '../../../src/offboarding/execute/run-case.js';
import { waive } from '../../../src/offboarding/execute/waive.js';
import type { Actuators } from '../../../src/sources/actuator.js';
import { importAt, person, simulated, type TestDesk, withDesk } from '../../support/desk.js';
import { executing, run, runOut } from '../execute/carry-out.js';
import { departure, entity, later, link } from '../execute/departure.js';

const HEAD = Number.MAX_SAFE_INTEGER;

async function statusOf({ store }: TestDesk, id: string): Promise<string | undefined> {
  return (await store.entities([id], HEAD))[0]?.status;
}

/** Resets no sign-in, so that something of the case can be waived. */
const resetsNothing: Actuators = {
  of: (source) => ({
    reachesOut: true,
    act: async (order, signal) =>
      order.kind === 'RESET_SIGN_IN'
        ? { outcome: 'REFUSED', why: 'not allowed' }
        : simulated.of(source).act(order, signal),
  }),
};

const OVER = '2026-12-01T00:00:00.000Z';

/** Ada has left, is hired again with a token of her own, and then the time of what was waived has come. */
const hiredAgain = (work: (desk: TestDesk, first: string) => Promise<void>) =>
  withDesk(
    departure(),
    async (desk) => {
      const { id } = await executing(desk);
      await runOut(desk, id);
      const waiver = { action: '6/RESET_SIGN_IN/team', owner: 'bea', until: OVER, reason: 'soon' };
      await waive(desk, person('anna'), { offboarding: id, ...waiver });
      expect((await run(desk, id)).state).toBe('VERIFIED');
      desk.clock.moveTo('2026-11-30T00:00:00.000Z');
      const since = '2026-11-29T00:00:00.000Z';
      const ada = entity('Human', 'ada', { email: 'ada@acme.example' });
      const given = [entity('Account', 'login'), entity('Token', 'fresh')];
      const ways = [link('ISSUED', 'login', 'fresh'), link('MEMBER_OF', 'login', 'staff')];
      await importAt(desk, [later('hr', [ada], [], since), later('it', given, ways, since)]);
      expect(await statusOf(desk, 'ada')).toBe('ACTIVE');
      await work(desk, id);
    },
    { actuators: resetsNothing },
  );

describe('a case that is looked at again once the person is back', () => {
  test('takes nothing away from them', () =>
    hiredAgain(async (desk, first) => {
      desk.clock.moveTo(OVER);
      expect((await run(desk, first)).state).toBe('INCOMPLETE');
      expect(await statusOf(desk, 'fresh')).toBe('ACTIVE');
    }));

  test('ends what came of a token that it had revoked, unless its source shows that token alive again', () =>
    hiredAgain(async (desk, first) => {
      const since = '2026-11-29T12:00:00.000Z';
      const tokens = [entity('Token', 'stolen'), entity('Token', 'refresh'), entity('Token', 'anew')];
      const ways = [link('DELEGATED_TO', 'key', 'stolen'), link('DELEGATED_TO', 'refresh', 'anew')];
      await importAt(desk, [later('it', tokens, ways, since)]);
      desk.clock.moveTo(OVER);
      await run(desk, first);
      expect(await statusOf(desk, 'stolen')).toBe('REVOKED');
      expect(await statusOf(desk, 'anew')).toBe('ACTIVE');
      expect(await statusOf(desk, 'fresh')).toBe('ACTIVE');
    }));

  test('takes nothing away before its turn when another case sees them off', () =>
    hiredAgain(async (desk, first) => {
      const second = await executing(desk);
      for (let steps = 0; (await statusOf(desk, 'ada')) !== 'LEAVING'; steps += 1) {
        if (steps > 20) throw new Error('It never came to the fence.');
        const controller = new AbortController();
        await runCase(desk, second.id, { signal: controller.signal, onStep: () => controller.abort() });
      }
      desk.clock.moveTo(OVER);
      await run(desk, first);
      expect(await statusOf(desk, 'fresh')).toBe('ACTIVE');
      await runOut(desk, second.id);
      expect(await statusOf(desk, 'fresh')).toBe('REVOKED');
    }));
});
