import { describe, expect, test } from '@jest/globals';
import type { Case } from '../../../src/offboarding/case/case.js';
import { actionsOf, requireCase } from '../../../src/offboarding/case/case-documents.js';
import { attestActions } from '../../../src/offboarding/execute/attest.js';
import { finishAction } from '../../../src/offboarding/execute/finish-action.js';
import { EXECUTION_LIMITS } from '../../../src/offboarding/execute/limits.js';
import { resumeOffboarding } from '../../../src/offboarding/execute/resume.js';
import { waive } from '../../../src/offboarding/execute/waive.js';
import type { Mode } from '../../../src/offboarding/plan/plan.js';
import type { Answer, Order } from '../../../src/sources/actuator.js';
import { statusOf } from '../../import/support.js';
import { person, type TestCaseContext, withCaseContext } from '../../support/case-context.js';
import { action, executing, run, runOut, STEADY } from './carry-out.js';
import { departure } from './departure.js';
import { done, type Manner, Outside } from './outside.js';

const later: Answer = { outcome: 'RETRY', why: 'it is busy', after: null };
const no: Answer = { outcome: 'REFUSED', why: 'it is not allowed' };

/** An order for one thing is answered so, all else is done. */
const only =
  (kind: string, entity: string, manner: Manner): Manner =>
  (order: Order, asked) =>
    order.kind === kind && order.entity.id === entity ? manner(order, asked) : done;

/** Carries out a departure from a company of which one system answers in a manner. */
function against(
  manner: Manner,
  work: (caseContext: TestCaseContext, offboarding: Case, outside: Outside) => Promise<void>,
  mode?: Mode,
): Promise<void> {
  const outside = new Outside(manner);
  return withCaseContext(
    departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
    async (caseContext) => work(caseContext, await executing(caseContext, mode), outside),
    { actuators: outside.actuators },
  );
}

const KEY = '3/REVOKE_TOKEN/key';

describe('a source that', () => {
  test('does not answer at first is asked again, ever more seldom, under one key, and the case is VERIFIED', () =>
    against(
      only('REVOKE_TOKEN', 'key', (_, asked) => (asked < 4 ? later : done)),
      async (caseContext, { id }, outside) => {
        const begun = caseContext.clock.now();
        const waiting = await run(caseContext, id);
        expect(waiting).toMatchObject({ state: 'WAITING', lease: null });
        expect(waiting.because).toContain('tried again');
        expect(await action(caseContext, id, KEY)).toMatchObject({
          state: 'RUNNING',
          attempts: 1,
          lastError: 'it is busy',
        });
        expect(await runOut(caseContext, id)).toMatchObject({ state: 'VERIFIED', assurance: 'SIMULATED' });
        const asked = outside.of('REVOKE_TOKEN', 'key');
        expect(asked.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
        expect(new Set(asked.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
        expect(caseContext.clock.now() - begun).toBe(1000 + 2000 + 4000);
        const events = await caseContext.store.journal.auditEvents({ case: id, entity: 'key', limit: 100 });
        expect(events.map(({ type }) => type)).toEqual(['ACTION_INTENDED', 'ACTION_DONE']);
      },
    ));

  test('says when to come back is not asked before', () =>
    against(
      only('REVOKE_TOKEN', 'key', (_, asked) => (asked < 2 ? { ...later, after: 90_000 } : done)),
      async (caseContext, { id }) => {
        const { wakeAt } = await run(caseContext, id);
        expect(Date.parse(wakeAt as string)).toBe(caseContext.clock.now() + 90_000);
        expect(await run(caseContext, id)).toMatchObject({ state: 'WAITING', wakeAt });
      },
    ));

  test('never answers is given up with the reason: the rest goes on, and the case is INCOMPLETE and not VERIFIED', () =>
    against(
      only('REVOKE_TOKEN', 'key', () => later),
      async (caseContext, { id }, outside) => {
        const ended = await runOut(caseContext, id);
        expect(ended).toMatchObject({ state: 'INCOMPLETE', assurance: null });
        expect(await action(caseContext, id, KEY)).toMatchObject({
          state: 'IRREVOCABLE',
          lastError: expect.stringContaining('it is busy'),
        });
        expect(outside.of('REVOKE_TOKEN', 'key')).toHaveLength(EXECUTION_LIMITS.attempts);
        expect(await action(caseContext, id, '3/REVOKE_TOKEN/child')).toMatchObject({ state: 'DONE' });
        expect(await statusOf(caseContext.store, 'key')).toBe('ACTIVE');
        expect(await statusOf(caseContext.store, 'ada')).toBe('LEFT');
        // It stored what is alive still: whoever knew the value can use it.
        outside.manner = () => done;
        await resumeOffboarding(caseContext, person('otto'), id);
        expect(await runOut(caseContext, id)).toMatchObject({ state: 'VERIFIED' });
        expect(await action(caseContext, id, KEY)).toMatchObject({ state: 'DONE' });
        expect(new Set(outside.of('REVOKE_TOKEN', 'key').map((order) => order.idempotencyKey)).size).toBe(1);
      },
    ));

  test('breaks its connector is tried again like any other', () =>
    against(
      only('REVOKE_TOKEN', 'key', (_, asked) => {
        if (asked === 1) throw new Error('a defect');
        return done;
      }),
      async (caseContext, { id }) => {
        await run(caseContext, id);
        expect(await action(caseContext, id, KEY)).toMatchObject({
          lastError: expect.stringContaining('a defect'),
        });
        expect(await runOut(caseContext, id)).toMatchObject({ state: 'VERIFIED' });
      },
    ));

  test('gives no answer in time is asked again', () =>
    against(
      only('REVOKE_TOKEN', 'key', (_, asked) => (asked === 1 ? new Promise<Answer>(() => {}) : done)),
      async (caseContext, { id }) => {
        const options = { ...STEADY, limits: { callTimeout: 10 } };
        await run(caseContext, id, options);
        expect(await action(caseContext, id, KEY)).toMatchObject({
          lastError: expect.stringContaining('no answer'),
        });
        expect(await runOut(caseContext, id, options)).toMatchObject({ state: 'VERIFIED' });
      },
    ));

  test('says that it is so already has done what it was asked for', () =>
    against(
      only('REVOKE_TOKEN', 'key', () => ({ ...done, already: true }) as Answer),
      async (caseContext, { id }) => {
        expect(await run(caseContext, id)).toMatchObject({ state: 'VERIFIED' });
        const [event] = await caseContext.store.journal.auditEvents({
          case: id,
          entity: 'key',
          types: ['ACTION_DONE'],
          limit: 1,
        });
        expect(event?.after).toMatchObject({ already: true });
      },
    ));

  test('begins and calls back later ends the action by that, once', () =>
    against(
      only('REVOKE_TOKEN', 'key', () => ({ outcome: 'BEGUN', reference: 'job 7' })),
      async (caseContext, { id }) => {
        expect(await run(caseContext, id)).toMatchObject({
          state: 'WAITING',
          because: expect.stringContaining('call back'),
        });
        const { idempotencyKey, state } = await action(caseContext, id, KEY);
        expect(state).toBe('REQUESTED');
        expect(await statusOf(caseContext.store, 'key')).toBe('ACTIVE');
        const word = { outcome: 'DONE', reference: 'job 7 done', already: false, externalId: null } as const;
        await finishAction(caseContext, person('it'), idempotencyKey, word);
        const { revision } = await caseContext.store.head();
        await finishAction(caseContext, person('it'), idempotencyKey, word);
        expect((await caseContext.store.head()).revision).toBe(revision);
        expect(await run(caseContext, id)).toMatchObject({ state: 'VERIFIED' });
        await expect(finishAction(caseContext, person('it'), 'nothing', word)).rejects.toMatchObject({
          code: 'NOT_FOUND',
        });
      },
    ));

  test('calls back before it has answered that it has begun is heard, once', () =>
    against(
      () => done,
      async (caseContext, { id }, outside) => {
        const word = { outcome: 'DONE', reference: 'early', already: false, externalId: null } as const;
        outside.manner = only('REVOKE_TOKEN', 'key', async ({ idempotencyKey }) => {
          await finishAction(caseContext, person('it'), idempotencyKey, word);
          return { outcome: 'BEGUN', reference: 'late' };
        });
        expect(await run(caseContext, id)).toMatchObject({ state: 'VERIFIED' });
        expect(await action(caseContext, id, KEY)).toMatchObject({ state: 'DONE', proofReference: 'early' });
      },
    ));

  test('begins and never calls back is asked again at the deadline, and given up in the end; a late call still counts', () =>
    against(
      only('REVOKE_TOKEN', 'key', () => ({ outcome: 'BEGUN', reference: null })),
      async (caseContext, { id }, outside) => {
        await run(caseContext, id);
        expect(await runOut(caseContext, id)).toMatchObject({ state: 'INCOMPLETE' });
        expect(outside.of('REVOKE_TOKEN', 'key').length).toBeGreaterThan(2);
        const { idempotencyKey } = await action(caseContext, id, KEY);
        const word = { outcome: 'DONE', reference: 'late', already: false, externalId: null } as const;
        await finishAction(caseContext, person('it'), idempotencyKey, word);
        expect(await runOut(caseContext, id)).toMatchObject({ state: 'VERIFIED' });
      },
    ));

  test('refuses to revoke leaves a residual entry, which a person may settle by hand', () =>
    against(
      only('REVOKE_GRANT', 'consent', () => no),
      async (caseContext, { id }) => {
        expect(await run(caseContext, id)).toMatchObject({ state: 'INCOMPLETE' });
        const attested = {
          offboarding: id,
          actions: ['4/REVOKE_GRANT/consent'],
          statement: 'by hand',
          evidence: 'T-1',
        };
        await attestActions(caseContext, person('otto'), attested);
        expect(await run(caseContext, id)).toMatchObject({ state: 'VERIFIED', assurance: 'SIMULATED' });
        expect(await action(caseContext, id, '4/REVOKE_GRANT/consent')).toMatchObject({
          proof: 'ATTESTED',
          proofReference: 'T-1',
        });
      },
    ));
});

describe('make before break', () => {
  const refusing = only('CONFIRM_RUN', 'payroll', () => no);
  const RUN = '2/CONFIRM_RUN/payroll';

  test('what phase 2 was refused keeps the rest from beginning until it is waived', () =>
    against(refusing, async (caseContext, { id }) => {
      const waiting = await run(caseContext, id);
      expect(waiting).toMatchObject({ state: 'WAITING', wakeAt: null, begun: [1, 2] });
      expect(waiting.because).toContain('waive or resume');
      expect(await statusOf(caseContext.store, 'key')).toBe('ACTIVE');
      const until = '2026-12-01T00:00:00.000Z';
      const waiver = { offboarding: id, action: RUN, owner: 'bea', until, reason: 'the run is at night' };
      await expect(waive(caseContext, person('PIA'), waiver)).rejects.toMatchObject({
        code: 'SELF_APPROVAL',
      });
      await expect(waive(caseContext, person('anna'), { ...waiver, owner: 'ada' })).rejects.toMatchObject({
        code: 'BAD_INPUT',
      });
      await expect(waive(caseContext, person('anna'), { ...waiver, owner: 'key' })).rejects.toMatchObject({
        code: 'BAD_INPUT',
      });
      await expect(waive(caseContext, person('anna'), { ...waiver, owner: 'nobody' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
      await expect(
        waive(caseContext, person('anna'), { ...waiver, until: '2026-01-01' }),
      ).rejects.toMatchObject({
        code: 'BAD_INPUT',
      });
      await expect(
        waive(caseContext, person('anna'), { ...waiver, action: '7/SET_HUMAN_STATUS/ada' }),
      ).rejects.toMatchObject({ code: 'BAD_INPUT' });
      await waive(caseContext, person('anna'), waiver);
      expect(await action(caseContext, id, RUN)).toMatchObject({
        state: 'WAIVED',
        waiver: { owner: 'bea', by: 'anna' },
      });
      expect(['VERIFIED', 'INCOMPLETE']).toContain((await run(caseContext, id)).state);
      expect(await statusOf(caseContext.store, 'key')).toBe('REVOKED');
    }));

  test('what cannot be made without it is waived with it', () =>
    against(
      only('ISSUE_TOKEN', '', () => no),
      async (caseContext, { id }, outside) => {
        outside.manner = (order) => (order.kind === 'ISSUE_TOKEN' ? no : done);
        await run(caseContext, id);
        const issue = (await actionsOf(caseContext.store.journal, id)).find(
          (action) => action.action.kind === 'ISSUE_TOKEN',
        );
        const until = '2026-12-01T00:00:00.000Z';
        await waive(caseContext, person('anna'), {
          offboarding: id,
          action: issue!.action.id,
          owner: 'bea',
          until,
          reason: 'later',
        });
        const states = (await actionsOf(caseContext.store.journal, id)).filter(
          ({ action: { phase } }) => phase === 2,
        );
        const waived = states.filter(({ state }) => state === 'WAIVED').map((action) => action.action.kind);
        expect(waived.sort()).toEqual(['BIND_WORKLOAD', 'CONFIRM_RUN', 'ISSUE_TOKEN', 'WRITE_SECRET']);
        // Bea answers for payroll; when her time is over, the case looks again by itself.
        expect(await run(caseContext, id)).toMatchObject({ state: 'VERIFIED', wakeAt: until });
        expect(await run(caseContext, id)).toMatchObject({ state: 'VERIFIED' });
        caseContext.clock.moveTo(until);
        expect(await run(caseContext, id)).toMatchObject({ state: 'INCOMPLETE', wakeAt: null });
      },
    ));

  test('where security comes first nothing waits for what was refused, and what needs it is refused with it', () =>
    against(
      (order) => (order.kind === 'ISSUE_TOKEN' ? no : done),
      async (caseContext, { id }) => {
        expect(await run(caseContext, id)).toMatchObject({ state: 'INCOMPLETE', begun: [1, 3, 4, 2, 5, 6] });
        expect(await action(caseContext, id, '2/BIND_WORKLOAD/payroll')).toMatchObject({
          state: 'IRREVOCABLE',
          lastError: expect.stringContaining('ISSUE_TOKEN'),
        });
        expect(await statusOf(caseContext.store, 'key')).toBe('REVOKED');
      },
      'SECURITY_FIRST',
    ));
});

test('a source whose connector is not there refuses, and says so', () =>
  withCaseContext(
    departure({ it: 'github-app', paper: 'SIMULATED' }),
    async (caseContext) => {
      const { id } = await executing(caseContext, 'SECURITY_FIRST');
      expect(await run(caseContext, id)).toMatchObject({ state: 'INCOMPLETE' });
      expect(await action(caseContext, id, '1/DISABLE_ACCOUNT/mail')).toMatchObject({
        state: 'IRREVOCABLE',
        lastError: expect.stringContaining('github-app'),
      });
      expect((await requireCase(caseContext.store.journal, id)).because).toContain('open');
      // A person does it all by hand, although nothing was ever asked for.
      for (
        let offboarding = await requireCase(caseContext.store.journal, id);
        offboarding.state !== 'VERIFIED';
        offboarding = await run(caseContext, id)
      ) {
        const left = (await actionsOf(caseContext.store.journal, id)).filter(
          ({ state }) => state === 'IRREVOCABLE',
        );
        expect(left).not.toEqual([]);
        const actions = left.map((refused) => refused.action.id);
        await attestActions(caseContext, person('otto'), {
          offboarding: id,
          actions,
          statement: 'by hand',
          evidence: 'T-1',
        });
      }
    },
    { actuators: new Outside().actuators },
  ));
