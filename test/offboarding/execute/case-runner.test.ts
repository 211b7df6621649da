import { describe, expect, test } from '@jest/globals';
import { unavailable } from '../../../src/model/errors.js';
import { requireCase } from '../../../src/offboarding/case/case-documents.js';
import { casesGoingOn } from '../../../src/offboarding/case/cases-going-on.js';
import type { CaseContext } from '../../../src/offboarding/case-context.js';
import { changeAsHolder, LeaseLost, takeLease } from '../../../src/offboarding/execute/case-lease.js';
import { CaseRunner } from '../../../src/offboarding/execute/case-runner.js';
import { runCase } from '../../../src/offboarding/execute/run-case.js';
import { type TestCaseContext, withCaseContext } from '../../support/case-context.js';
import { until, untilSo } from '../../support/until.js';
import { executing, STEADY } from './carry-out.js';
import { departure } from './departure.js';
import { done, Outside } from './outside.js';

const silent = { error: () => {} };
const LONG = 60_000;

async function untilIn(caseContext: CaseContext, id: string, state: string): Promise<void> {
  await until(
    async () => (await requireCase(caseContext.store.journal, id)).state,
    (now) => now === state,
  );
}

/** The case context of another instance on the same store. */
const another = (caseContext: TestCaseContext, instance: string): CaseContext => ({
  ...caseContext,
  instance,
});

describe('the right to run a case', () => {
  test('is had by one at a time, and whoever lost it writes nothing any more', () =>
    withCaseContext(departure(), async (caseContext) => {
      const { id } = await executing(caseContext);
      const first = await takeLease(caseContext, id, LONG);
      expect(first).toMatchObject({ fencing: 1 });
      expect(await takeLease(another(caseContext, 'b'), id, LONG)).toBeNull();
      expect(await runCase(another(caseContext, 'b'), id, STEADY)).toBeNull();
      // The first is thought dead: its time is over.
      await changeAsHolder(caseContext, { ...first!, lasts: 0 }, async (offboarding) => ({
        case: offboarding,
        facts: [],
      }));
      const second = await takeLease(another(caseContext, 'b'), id, LONG);
      expect(second).toMatchObject({ fencing: 2 });
      const { revision } = await caseContext.store.head();
      const late = changeAsHolder(caseContext, first!, async (offboarding) => ({
        case: { ...offboarding, because: 'late' },
        facts: [],
      }));
      await expect(late).rejects.toBeInstanceOf(LeaseLost);
      expect((await caseContext.store.head()).revision).toBe(revision);
    }));

  test('a holder that was paused over a call records nothing of it when another has gone on', async () => {
    const outside = new Outside();
    await withCaseContext(
      departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
      async (caseContext) => {
        const { id } = await executing(caseContext);
        let paused = false;
        outside.manner = async ({ kind }) => {
          if (kind !== 'REVOKE_GRANT' || paused) return done;
          paused = true;
          expect(await runCase(another(caseContext, 'b'), id, STEADY)).toMatchObject({ state: 'VERIFIED' });
          return done;
        };
        expect(await runCase(caseContext, id, { ...STEADY, limits: { lease: 0 } })).toBeNull();
        expect(outside.of('REVOKE_GRANT', 'consent')).toHaveLength(2);
        const events = await caseContext.store.journal.auditEvents({ case: id, entity: 'consent', limit: 9 });
        expect(events.map(({ type }) => type)).toEqual(['ACTION_INTENDED', 'ACTION_DONE']);
      },
      { actuators: outside.actuators },
    );
  });
});

/** The store of a case context, which can be away for a while. */
function leaving(caseContext: TestCaseContext): {
  caseContext: CaseContext;
  away: boolean;
  refusals: number;
} {
  const asked = { caseContext, away: false, refusals: 0 };
  const store = new Proxy(caseContext.store, {
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
  return Object.assign(asked, { caseContext: { ...caseContext, store } });
}

describe('a runner of cases', () => {
  const options = { ...STEADY, limits: { pollInterval: 10, retryAfterStoreLoss: 10 } };

  test('carries out what is executed, beside another instance, each action once', async () => {
    const outside = new Outside();
    await withCaseContext(
      departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
      async (caseContext) => {
        const runners = ['a', 'b'].map((name) => new CaseRunner(another(caseContext, name), silent, options));
        for (const runner of runners) runner.start();
        const { id } = await executing(caseContext);
        await untilIn(caseContext, id, 'VERIFIED');
        await Promise.all(runners.map((runner) => runner.stop()));
        const keys = outside.asked.map(({ idempotencyKey }) => idempotencyKey);
        expect(new Set(keys).size).toBe(keys.length);
      },
      { actuators: outside.actuators },
    );
  });

  test('leaves a case alone that cannot be read, says so once, and carries out the others', () =>
    withCaseContext(departure(), async (caseContext) => {
      const logged: unknown[] = [];
      const log = { error: (fields: object) => void logged.push(fields) };
      const draft = await caseContext.store.write({ now: () => caseContext.clock.now() });
      await draft.putDocuments([{ collection: 'case', key: 'tendril/case/0', body: { state: 'ELSEWHERE' } }]);
      await draft.commit([]);
      const runner = new CaseRunner(caseContext, log, options);
      runner.start();
      const { id } = await executing(caseContext);
      await untilIn(caseContext, id, 'VERIFIED');
      await runner.stop();
      expect(logged).toEqual([expect.objectContaining({ case: 'tendril/case/0' })]);
      await expect(casesGoingOn(caseContext.store)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    }));

  test('stops between two steps, gives the case back, and another goes on at once', async () => {
    const outside = new Outside();
    await withCaseContext(
      departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
      async (caseContext) => {
        const { id } = await executing(caseContext);
        const first = new CaseRunner(another(caseContext, 'a'), silent, options);
        let stopped: Promise<void> | undefined;
        outside.manner = () => {
          stopped ??= first.stop();
          return done;
        };
        first.start();
        await untilSo(() => stopped !== undefined);
        await stopped;
        expect(await requireCase(caseContext.store.journal, id)).toMatchObject({
          state: 'EXECUTING',
          lease: null,
        });
        const second = new CaseRunner(another(caseContext, 'b'), silent, options);
        second.start();
        await untilIn(caseContext, id, 'VERIFIED');
        await second.stop();
      },
      { actuators: outside.actuators },
    );
  });

  test('goes on with its own case when the store is back, and does not wait for its own right to run out', async () => {
    const outside = new Outside();
    await withCaseContext(
      departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
      async (caseContext) => {
        const { id } = await executing(caseContext);
        const near = leaving(caseContext);
        const told: [object, string][] = [];
        // While the first is asked, the store goes: what it answers cannot be recorded.
        outside.manner = () => {
          near.away = outside.asked.length === 1;
          return done;
        };
        const log = { error: (about: object, message: string) => void told.push([about, message]) };
        const runner = new CaseRunner(near.caseContext, log, options);
        runner.start();
        // The record of it, and some looks.
        await untilSo(() => near.refusals >= 4);
        near.away = false;
        await untilIn(caseContext, id, 'VERIFIED');
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
    await withCaseContext(
      departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
      async (caseContext) => {
        const { id } = await executing(caseContext);
        const runner = new CaseRunner(caseContext, silent, options);
        runner.start();
        await untilIn(caseContext, id, 'WAITING');
        for (let rounds = 0; rounds < 100; rounds += 1) {
          caseContext.clock.pass(60_000);
          await new Promise((resolve) => setTimeout(resolve, 30));
          if ((await requireCase(caseContext.store.journal, id)).state === 'VERIFIED') break;
        }
        await untilIn(caseContext, id, 'VERIFIED');
        await runner.stop();
      },
      { actuators: outside.actuators },
    );
  });
});
