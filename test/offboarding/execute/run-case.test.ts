import { describe, expect, test } from '@jest/globals';
import { cancelOffboarding } from '../../../src/offboarding/case/cancel-offboarding.js';
import { actionsOf, requireCase, verificationOf } from '../../../src/offboarding/case/case-documents.js';
import { planOffboarding } from '../../../src/offboarding/case/plan-offboarding.js';
import { INVARIANTS } from '../../../src/offboarding/case/verification.js';
import { executeOffboarding } from '../../../src/offboarding/execute/execute.js';
import { resumeOffboarding } from '../../../src/offboarding/execute/resume.js';
import { runCase } from '../../../src/offboarding/execute/run-case.js';
import { ACTION_KINDS } from '../../../src/offboarding/plan/plan.js';
import { exported, openFrom, statusOf } from '../../import/support.js';
import { importAt, person, withCaseContext } from '../../support/case-context.js';
import { action, approved, attestAll, executing, run, runOut, STEADY } from './carry-out.js';
import { departure, entity, later, link } from './departure.js';
import { Outside } from './outside.js';

const LAST_DAY = '2026-11-27T17:00:00.000Z';

describe('carrying a case out', () => {
  test.each(['CONTINUITY_FIRST', 'SECURITY_FIRST'] as const)('with %s, ends VERIFIED', (mode) =>
    withCaseContext(departure(), async (caseContext) => {
      const { id } = await executing(caseContext, mode);
      const ended = await run(caseContext, id);
      const actions = await actionsOf(caseContext.store.journal, id);
      const kinds = ACTION_KINDS.filter((kind) => mode === 'CONTINUITY_FIRST' || kind !== 'LOCK_ACCOUNT');
      expect([...new Set(actions.map((offboarding) => offboarding.action.kind))].sort()).toEqual(
        [...kinds].sort(),
      );
      expect(actions.filter(({ state }) => state !== 'DONE')).toEqual([]);
      const found = await verificationOf(caseContext.store.journal, id);
      expect(found?.checks.map(({ invariant, holds }) => [invariant, holds])).toEqual(
        INVARIANTS.map((offboarding) => [offboarding, true]),
      );
      expect(ended).toMatchObject({ state: 'VERIFIED', assurance: 'SIMULATED', lease: null, because: null });
    }),
  );

  test('twice changes nothing', () =>
    withCaseContext(departure(), async (caseContext) => {
      const { id, planHash } = await executing(caseContext);
      await run(caseContext, id);
      const { revision } = await caseContext.store.head();
      const graph = await exported(caseContext.store);
      expect(await runCase(caseContext, id, STEADY)).toBeNull();
      const again = executeOffboarding(caseContext, person('otto'), { offboarding: id, planHash });
      await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });
      await expect(resumeOffboarding(caseContext, person('otto'), id)).rejects.toMatchObject({
        code: 'CONFLICT',
      });
      expect((await caseContext.store.head()).revision).toBe(revision);
      expect(await exported(caseContext.store)).toEqual(graph);
    }));

  test('says what a case in review really waits for', () =>
    withCaseContext(departure(), async (caseContext) => {
      const asked = { human: 'ada', reason: 'Ada leaves' };
      const { id, planHash } = await planOffboarding(caseContext, person('pia'), asked);
      const executed = () => executeOffboarding(caseContext, person('otto'), { offboarding: id, planHash });
      await expect(executed()).rejects.toMatchObject({
        code: 'CONFLICT',
        message: expect.stringContaining('everything is decided, and it waits for approval'),
      });
      const alone = { human: 'bea', reason: 'Bea leaves' };
      const other = await planOffboarding(caseContext, person('pia'), alone);
      await expect(
        executeOffboarding(caseContext, person('otto'), { offboarding: other.id, planHash: other.planHash }),
      ).rejects.toMatchObject({ message: expect.stringMatching(/waits for decisions about .*payroll/) });
    }));

  test('begins only with the plan that was approved, on a graph that gives it still', () =>
    withCaseContext(departure(), async (caseContext) => {
      const offboarding = await approved(caseContext);
      const execute = (planHash: string) =>
        executeOffboarding(caseContext, person('otto'), { offboarding: offboarding.id, planHash });
      await expect(execute('0'.repeat(64))).rejects.toMatchObject({ code: 'CONFLICT' });
      await importAt(caseContext, [later('it', [entity('Token', 'new')], [link('ISSUED', 'login', 'new')])]);
      await expect(execute(offboarding.planHash)).rejects.toMatchObject({ code: 'PLAN_STALE' });
      expect((await requireCase(caseContext.store.journal, offboarding.id)).state).toBe('APPROVED');
    }));

  test('waits for people, who attest many actions at once', () =>
    withCaseContext(
      departure({ it: 'MANUAL', paper: 'MANUAL', hr: 'MANUAL' }),
      async (caseContext) => {
        const { id } = await executing(caseContext);
        let offboarding = await run(caseContext, id);
        expect(offboarding).toMatchObject({
          state: 'WAITING',
          wakeAt: null,
          because: expect.stringContaining('by a person'),
        });
        expect(await statusOf(caseContext.store, 'mail')).toBe('ACTIVE');
        for (let rounds = 0; offboarding.state === 'WAITING' && rounds < 30; rounds += 1) {
          await attestAll(caseContext, id);
          offboarding = await run(caseContext, id);
        }
        expect(offboarding).toMatchObject({ state: 'VERIFIED', assurance: 'ATTESTED' });
        expect(await statusOf(caseContext.store, 'mail')).toBe('DISABLED');
      },
      { actuators: new Outside().actuators },
    ));

  test('does not begin to wait for what somebody does just then', () =>
    withCaseContext(
      departure({ it: 'SIMULATED', paper: 'MANUAL' }),
      async (caseContext) => {
        const { id } = await executing(caseContext);
        let attested = false;
        // Just before the case would be recorded as waiting, what it waits for is done.
        const write: typeof caseContext.store.write = async (options) => {
          const left = (await actionsOf(caseContext.store.journal, id)).filter(
            ({ state }) => state !== 'DONE',
          );
          const waits = left.every(
            ({ state, action: { phase } }) => state === 'WAITING_FOR_PERSON' || phase === 7,
          );
          if (waits && left.length > 1 && !attested) {
            attested = true;
            await attestAll(caseContext, id);
          }
          return caseContext.store.write(options);
        };
        const bind = (value: unknown) =>
          typeof value === 'function' ? value.bind(caseContext.store) : value;
        const store = new Proxy(caseContext.store, {
          get: (target, name) => (name === 'write' ? write : bind(Reflect.get(target, name))),
        });
        await runCase({ ...caseContext, store }, id, STEADY);
        expect(attested).toBe(true);
        expect((await requireCase(caseContext.store.journal, id)).state).toBe('VERIFIED');
      },
      { actuators: new Outside().actuators },
    ));

  test('before the last working day makes what may be made, and takes nothing away until that day', () =>
    withCaseContext(departure(), async (caseContext) => {
      const { id, planHash } = await approved(caseContext, 'CONTINUITY_FIRST', LAST_DAY);
      await executeOffboarding(caseContext, person('otto'), { offboarding: id, planHash });
      expect(await run(caseContext, id)).toMatchObject({ state: 'WAITING', wakeAt: LAST_DAY, begun: [2] });
      expect(await run(caseContext, id)).toMatchObject({ state: 'WAITING', wakeAt: LAST_DAY });
      expect(await statusOf(caseContext.store, 'ada')).toBe('ACTIVE');
      expect(await action(caseContext, id, '2/BIND_WORKLOAD/digest')).toMatchObject({ state: 'DONE' });
      expect(await action(caseContext, id, '1/LOCK_ACCOUNT/login')).toMatchObject({ state: 'PENDING' });
      expect(await statusOf(caseContext.store, 'key')).toBe('ACTIVE');
      caseContext.clock.moveTo(LAST_DAY);
      expect(await run(caseContext, id)).toMatchObject({ state: 'VERIFIED', begun: [2, 1, 3, 4, 5, 6] });
    }));

  test('undoes what it made when it is cancelled before that day', () =>
    withCaseContext(departure(), async (caseContext) => {
      const { id, planHash } = await approved(caseContext, 'CONTINUITY_FIRST', LAST_DAY);
      const before = await openFrom(caseContext.store, 'digest');
      await executeOffboarding(caseContext, person('otto'), { offboarding: id, planHash });
      await run(caseContext, id);
      expect(await openFrom(caseContext.store, 'digest')).not.toEqual(before);
      await cancelOffboarding(caseContext, person('pia'), { offboarding: id, reason: 'Ada stays' });
      expect(await run(caseContext, id)).toMatchObject({ state: 'CANCELLED', lease: null, because: null });
      expect(await openFrom(caseContext.store, 'digest')).toEqual(before);
      const made = (
        await caseContext.store.list(
          {
            search: 'tendril/',
            live: true,
            now: caseContext.clock.now(),
            order: { field: 'ID', direction: 'ASC' },
            limit: 100,
          },
          Number.MAX_SAFE_INTEGER,
        )
      ).entities;
      expect(made).toEqual([]);
      expect(await statusOf(caseContext.store, 'ada')).toBe('ACTIVE');
    }));

  test(
    'sweeps what appears between any two steps, or does not call itself VERIFIED',
    () =>
      withCaseContext(departure(), async (caseContext) => {
        const { id } = await executing(caseContext);
        let minted = 0;
        let offboarding = await requireCase(caseContext.store.journal, id);
        // Each run is stopped after a step, and a new token of Ada's appears before the next.
        for (let steps = 0; steps < 80 && offboarding.state === 'EXECUTING'; steps += 1) {
          const signal = new AbortController();
          await runCase(caseContext, id, {
            ...STEADY,
            signal: signal.signal,
            onStep: () => signal.abort(new Error('enough')),
          });
          offboarding = await requireCase(caseContext.store.journal, id);
          if (offboarding.state !== 'EXECUTING' || minted > 30) continue;
          minted += 1;
          const token = entity('Token', `new${minted}`, { tokenType: 'ACCESS' });
          const from = minted % 2 === 0 ? 'login' : 'consent';
          caseContext.clock.pass(60_000);
          const at = new Date(caseContext.clock.now()).toISOString();
          await importAt(caseContext, [later('it', [token], [link('ISSUED', from, token.id)], at)]);
        }
        offboarding = await runOut(caseContext, id);
        expect(minted).toBeGreaterThan(20);
        const alive: string[] = [];
        for (let at = 1; at <= minted; at += 1) {
          if ((await statusOf(caseContext.store, `new${at}`)) === 'ACTIVE') alive.push(`new${at}`);
        }
        expect([offboarding.state, alive]).toEqual(['VERIFIED', []]);
        expect(offboarding.sweeps).toBeGreaterThan(0);
      }),
    60_000,
  );
});
