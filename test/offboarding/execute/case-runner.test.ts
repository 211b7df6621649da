import { describe, expect, test } from '@jest/globals';
import { unavailable } from '../../../src/model/errors.js';
import { requireCase } from '../../../src/offboarding/case/case-documents.js';
import type { Desk } from '../../../src/offboarding/desk.js';
import { CaseRunner } from '../../../src/offboarding/execute/case-runner.js';
import { changeAsHolder, LeaseLost, takeLease } from '../../../src/offboarding/execute/lease.js';
import { runCase } from '../../../src/offboarding/execute/run-case.js';
import { type TestDesk, withDesk } from '../../support/desk.js';
import { until, untilSo } from '../../support/until.js';
import { executing, STEADY } from './carry-out.js';
import { departure } from './departure.js';
import { done, Outside } from './outside.js';

const silent = { error: () => {} };
const LONG = 60_000;

async function untilIn(desk: Desk, id: string, state: string): Promise<void> {
  await until(
    async () => (await requireCase(desk.store.journal, id)).state,
    (now) => now === state,
  );
}

/** The desk of another instance on the same store. */
const another = (desk: TestDesk, instance: string): Desk => ({ ...desk, instance });

describe('the right to run a case', () => {
  test('is had by one at a time, and whoever lost it writes nothing any more', () =>
    withDesk(departure(), async (desk) => {
      const { id } = await executing(desk);
      const first = await takeLease(desk, id, LONG);
      expect(first).toMatchObject({ fencing: 1 });
      expect(await takeLease(another(desk, 'b'), id, LONG)).toBeNull();
      expect(await runCase(another(desk, 'b'), id, STEADY)).toBeNull();
      // The first is thought dead: its time is over.
      await changeAsHolder(desk, { ...first!, lasts: 0 }, async (one) => ({ case: one, facts: [] }));
      const second = await takeLease(another(desk, 'b'), id, LONG);
      expect(second).toMatchObject({ fencing: 2 });
      const { revision } = await desk.store.head();
      const late = changeAsHolder(desk, first!, async (one) => ({
        case: { ...one, because: 'late' },
        facts: [],
      }));
      await expect(late).rejects.toBeInstanceOf(LeaseLost);
      expect((await desk.store.head()).revision).toBe(revision);
    }));

  test('a holder that was paused over a call records nothing of it when another has gone on', async () => {
    const outside = new Outside();
    await withDesk(
      departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
      async (desk) => {
        const { id } = await executing(desk);
        let paused = false;
        outside.manner = async ({ kind }) => {
          if (kind !== 'REVOKE_GRANT' || paused) return done;
          paused = true;
          expect(await runCase(another(desk, 'b'), id, STEADY)).toMatchObject({ state: 'VERIFIED' });
          return done;
        };
        expect(await runCase(desk, id, { ...STEADY, limits: { lease: 0 } })).toBeNull();
        expect(outside.of('REVOKE_GRANT', 'consent')).toHaveLength(2);
        const events = await desk.store.journal.auditEvents({ case: id, entity: 'consent', limit: 9 });
        expect(events.map(({ type }) => type)).toEqual(['ACTION_INTENDED', 'ACTION_DONE']);
      },
      { actuators: outside.actuators },
    );
  });
});

/** The store of a desk, which can be away for a while. */
function leaving(desk: TestDesk): { desk: Desk; away: boolean; refusals: number } {
  const asked = { desk, away: false, refusals: 0 };
  const store = new Proxy(desk.store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        if (!asked.away) return value.apply(target, args) as unknown;
        asked.refusals += 1;
        return Promise.reject(unavailable('It is away.'));
      };
    },
  });
  return Object.assign(asked, { desk: { ...desk, store } });
}

describe('a runner of cases', () => {
  const options = { ...STEADY, limits: { look: 10, afterLoss: 10 } };

  test('carries out what is executed, beside another instance, each action once', async () => {
    const outside = new Outside();
    await withDesk(
      departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
      async (desk) => {
        const runners = ['a', 'b'].map((name) => new CaseRunner(another(desk, name), silent, options));
        for (const runner of runners) runner.start();
        const { id } = await executing(desk);
        await untilIn(desk, id, 'VERIFIED');
        await Promise.all(runners.map((runner) => runner.stop()));
        const keys = outside.asked.map(({ idempotencyKey }) => idempotencyKey);
        expect(new Set(keys).size).toBe(keys.length);
      },
      { actuators: outside.actuators },
    );
  });

  test('stops between two steps, gives the case back, and another goes on at once', async () => {
    const outside = new Outside();
    await withDesk(
      departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
      async (desk) => {
        const { id } = await executing(desk);
        const first = new CaseRunner(another(desk, 'a'), silent, options);
        let stopped: Promise<void> | undefined;
        outside.manner = () => {
          stopped ??= first.stop();
          return done;
        };
        first.start();
        await untilSo(() => stopped !== undefined);
        await stopped;
        expect(await requireCase(desk.store.journal, id)).toMatchObject({ state: 'EXECUTING', lease: null });
        const second = new CaseRunner(another(desk, 'b'), silent, options);
        second.start();
        await untilIn(desk, id, 'VERIFIED');
        await second.stop();
      },
      { actuators: outside.actuators },
    );
  });

  test('goes on with its own case when the store is back, and does not wait for its own right to run out', async () => {
    const outside = new Outside();
    await withDesk(
      departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
      async (desk) => {
        const { id } = await executing(desk);
        const near = leaving(desk);
        const told: [object, string][] = [];
        // While the first is asked, the store goes: what it answers cannot be recorded.
        outside.manner = () => {
          near.away = outside.asked.length === 1;
          return done;
        };
        const log = { error: (about: object, message: string) => void told.push([about, message]) };
        const runner = new CaseRunner(near.desk, log, options);
        runner.start();
        // The record of it, and some looks.
        await untilSo(() => near.refusals >= 4);
        near.away = false;
        await untilIn(desk, id, 'VERIFIED');
        await runner.stop();
        const [first] = outside.asked;
        const again = outside.asked.filter(({ idempotencyKey }) => idempotencyKey === first?.idempotencyKey);
        expect(again).toHaveLength(2);
        expect(new Set(outside.asked.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(
          outside.asked.length - 1,
        );
        // Told once each, with what went wrong.
        const err = expect.objectContaining({ code: 'UNAVAILABLE', message: 'It is away.' });
        expect(told).toHaveLength(2);
        expect(told).toContainEqual([{ err, case: id }, 'a case could not be carried on']);
        expect(told).toContainEqual([{ err }, 'cases cannot be looked for; it is tried until they can']);
      },
      { actuators: outside.actuators },
    );
  });

  test('takes up a case that waits when its time has come', async () => {
    const outside = new Outside((_, asked) =>
      asked === 1 ? { outcome: 'RETRY', why: 'busy', after: 60_000 } : done,
    );
    await withDesk(
      departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
      async (desk) => {
        const { id } = await executing(desk);
        const runner = new CaseRunner(desk, silent, options);
        runner.start();
        await untilIn(desk, id, 'WAITING');
        for (let rounds = 0; rounds < 100; rounds += 1) {
          desk.clock.pass(60_000);
          await new Promise((resolve) => setTimeout(resolve, 30));
          if ((await requireCase(desk.store.journal, id)).state === 'VERIFIED') break;
        }
        await untilIn(desk, id, 'VERIFIED');
        await runner.stop();
      },
      { actuators: outside.actuators },
    );
  });
});
