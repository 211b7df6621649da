import { describe, expect, test } from '@jest/globals';
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

describe('a case that is looked at again once the person is back', () => {
  test('takes nothing away from somebody who was hired again', () =>
    withDesk(
      departure(),
      async (desk) => {
        const { id } = await executing(desk);
        await runOut(desk, id);
        const until = '2026-12-01T00:00:00.000Z';
        const waiver = {
          offboarding: id,
          action: '6/RESET_SIGN_IN/team',
          owner: 'bea',
          until,
          reason: 'soon',
        };
        await waive(desk, person('anna'), waiver);
        expect((await run(desk, id)).state).toBe('VERIFIED');
        desk.clock.moveTo('2026-11-30T00:00:00.000Z');
        await importAt(desk, [
          later(
            'hr',
            [entity('Human', 'ada', { email: 'ada@acme.example' })],
            [],
            '2026-11-29T00:00:00.000Z',
          ),
          later(
            'it',
            [entity('Account', 'login'), entity('Token', 'fresh')],
            [link('ISSUED', 'login', 'fresh'), link('MEMBER_OF', 'login', 'staff')],
            '2026-11-29T00:00:00.000Z',
          ),
        ]);
        expect(await statusOf(desk, 'ada')).toBe('ACTIVE');
        desk.clock.moveTo(until);
        const again = await run(desk, id);
        expect(await statusOf(desk, 'fresh')).toBe('ACTIVE');
        expect(again.state).toBe('INCOMPLETE');
      },
      { actuators: resetsNothing },
    ));
});
