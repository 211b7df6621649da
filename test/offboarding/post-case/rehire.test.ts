import { describe, expect, test } from '@jest/globals';
import { runCase } from '../../../src/offboarding/execute/run-case.js';
import { waive } from '../../../src/offboarding/execute/waive.js';
import type { Actuators } from '../../../src/sources/actuator.js';
import {
  importAt,
  person,
  simulated,
  type TestCaseContext,
  withCaseContext,
} from '../../support/case-context.js';
import { executing, run, runOut } from '../execute/carry-out.js';
import { departure, entity, later, link } from '../execute/departure.js';

const HEAD = Number.MAX_SAFE_INTEGER;

async function statusOf({ store }: TestCaseContext, id: string): Promise<string | undefined> {
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
const hiredAgain = (work: (caseContext: TestCaseContext, first: string) => Promise<void>) =>
  withCaseContext(
    departure(),
    async (caseContext) => {
      const { id } = await executing(caseContext);
      await runOut(caseContext, id);
      const waiver = { action: '6/RESET_SIGN_IN/team', owner: 'bea', until: OVER, reason: 'soon' };
      await waive(caseContext, person('anna'), { offboarding: id, ...waiver });
      expect((await run(caseContext, id)).state).toBe('VERIFIED');
      caseContext.clock.moveTo('2026-11-30T00:00:00.000Z');
      const since = '2026-11-29T00:00:00.000Z';
      const ada = entity('Human', 'ada', { email: 'ada@acme.example' });
      const given = [entity('Account', 'login'), entity('Token', 'fresh')];
      const ways = [link('ISSUED', 'login', 'fresh'), link('MEMBER_OF', 'login', 'staff')];
      await importAt(caseContext, [later('hr', [ada], [], since), later('it', given, ways, since)]);
      expect(await statusOf(caseContext, 'ada')).toBe('ACTIVE');
      await work(caseContext, id);
    },
    { actuators: resetsNothing },
  );

describe('a case that is looked at again once the person is back', () => {
  test('takes nothing away from them', () =>
    hiredAgain(async (caseContext, first) => {
      caseContext.clock.moveTo(OVER);
      expect((await run(caseContext, first)).state).toBe('INCOMPLETE');
      expect(await statusOf(caseContext, 'fresh')).toBe('ACTIVE');
    }));

  test('ends what came of a token that it had revoked, unless its source shows that token alive again', () =>
    hiredAgain(async (caseContext, first) => {
      const since = '2026-11-29T12:00:00.000Z';
      const tokens = [entity('Token', 'stolen'), entity('Token', 'refresh'), entity('Token', 'anew')];
      const ways = [link('DELEGATED_TO', 'key', 'stolen'), link('DELEGATED_TO', 'refresh', 'anew')];
      await importAt(caseContext, [later('it', tokens, ways, since)]);
      caseContext.clock.moveTo(OVER);
      await run(caseContext, first);
      expect(await statusOf(caseContext, 'stolen')).toBe('REVOKED');
      expect(await statusOf(caseContext, 'anew')).toBe('ACTIVE');
      expect(await statusOf(caseContext, 'fresh')).toBe('ACTIVE');
    }));

  test('takes nothing away before its turn when another case sees them off', () =>
    hiredAgain(async (caseContext, first) => {
      const second = await executing(caseContext);
      for (let steps = 0; (await statusOf(caseContext, 'ada')) !== 'LEAVING'; steps += 1) {
        if (steps > 20) throw new Error('It never came to the fence.');
        const controller = new AbortController();
        await runCase(caseContext, second.id, {
          signal: controller.signal,
          onStep: () => controller.abort(),
        });
      }
      caseContext.clock.moveTo(OVER);
      await run(caseContext, first);
      expect(await statusOf(caseContext, 'fresh')).toBe('ACTIVE');
      await runOut(caseContext, second.id);
      expect(await statusOf(caseContext, 'fresh')).toBe('REVOKED');
    }));
});
