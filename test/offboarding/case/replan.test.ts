import { describe, expect, test } from '@jest/globals';
import { approvePlan } from '../../../src/offboarding/case/approve-plan.js';
import { planOf } from '../../../src/offboarding/case/case-documents.js';
import { decide } from '../../../src/offboarding/case/decide.js';
import { planOffboarding } from '../../../src/offboarding/case/plan-offboarding.js';
import { replan } from '../../../src/offboarding/case/replan.js';
import { importAt, person, type TestCaseContext, withCaseContext } from '../../support/case-context.js';
import { company, entity, later, link } from './company.js';
import { codeOf, lastEvent } from './support.js';

const plan = (caseContext: TestCaseContext, more: object = {}) =>
  planOffboarding(caseContext, person('pia'), { human: 'ada', reason: 'Ada leaves', ...more });
const again = (caseContext: TestCaseContext, offboarding: string, more: object = {}) =>
  replan(caseContext, person('ray'), { offboarding, reason: 'Things changed', ...more });
const retire = (caseContext: TestCaseContext, offboarding: string, thing: string) =>
  decide(caseContext, person('pia'), { offboarding, entity: thing, action: 'RETIRE', reason: 'Unread' });

describe('planning a case anew', () => {
  test('is on the present graph for the present moment, and keeps what was decided', () =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await retire(caseContext, (await plan(caseContext)).id, 'digest');
      const { planHash } = offboarding;
      await approvePlan(caseContext, person('ann'), {
        offboarding: offboarding.id,
        planHash,
        reason: 'Fine',
      });
      await importAt(caseContext, [
        later(
          [entity('Token', 'ada.key.2', { tokenType: 'API_KEY' })],
          [link('ISSUED', 'ada.login', 'ada.key.2')],
        ),
      ]);
      caseContext.clock.pass(3_600_000);
      const anew = await again(caseContext, offboarding.id);
      expect(anew).toMatchObject({
        state: 'IN_REVIEW',
        approved: null,
        planned: { subject: 'ray', reason: 'Things changed' },
        authors: ['pia', 'ray'],
        decisions: offboarding.decisions,
        input: { evaluatedAt: '2026-11-23T10:00:00.000Z' },
      });
      const { body, needsDecision } = await planOf(caseContext.store.journal, anew);
      expect(needsDecision).toEqual([]);
      expect(body.actions.map(({ id }) => id)).toContain('3/REVOKE_TOKEN/ada.key.2');
      expect(await lastEvent(caseContext)).toMatchObject({
        type: 'CASE_REPLANNED',
        actor: person('ray'),
        reason: 'Things changed',
        case: offboarding.id,
        before: { state: 'APPROVED', planHash },
        after: { planHash: anew.planHash, dropped: [], approvalTakenBackFrom: 'ann' },
      });
      // The plan that was approved once is there still, for whoever asks what that was.
      expect((await planOf(caseContext.store.journal, anew, planHash)).hash).toBe(planHash);
    }));

  test('drops decisions that can no longer be taken, and names them', () =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await plan(caseContext, { successor: 'cleo' });
      await retire(caseContext, offboarding.id, 'digest');
      await retire(caseContext, offboarding.id, 'payroll');
      await importAt(caseContext, [
        later([
          entity('Job', 'digest', { jobType: 'SCHEDULER', status: 'RETIRED' }),
          entity('Human', 'cleo', { email: 'cleo@acme.example', status: 'LEFT' }),
        ]),
      ]);
      const anew = await again(caseContext, offboarding.id);
      expect(anew.decisions.map(({ entity: thing }) => thing)).toEqual(['payroll']);
      expect(anew.input.successor).toBeNull();
      expect((await planOf(caseContext.store.journal, anew)).body.successor).toBe('bea');
      expect((await lastEvent(caseContext)).after).toMatchObject({
        dropped: expect.arrayContaining([
          { what: 'digest', why: expect.any(String) },
          { what: 'successor', why: expect.any(String) },
        ]),
      });
    }));

  test('goes by the last working day as it is then', () =>
    withCaseContext([company({ lastWorkingDay: '2026-11-24' })], async (caseContext) => {
      const offboarding = await plan(caseContext);
      expect(offboarding.input.mode).toBe('CONTINUITY_FIRST');
      caseContext.clock.moveTo('2026-11-26T00:00:00.000Z');
      expect((await again(caseContext, offboarding.id)).input).toMatchObject({
        mode: 'SECURITY_FIRST',
        lastWorkingDay: '2026-11-24T23:59:59.999Z',
      });
    }));

  test('keeps what was asked for by name', () =>
    withCaseContext([company({ lastWorkingDay: '2026-11-24' })], async (caseContext) => {
      const offboarding = await plan(caseContext, { lastWorkingDay: '2026-12-31', mode: 'SECURITY_FIRST' });
      expect((await again(caseContext, offboarding.id)).input).toMatchObject({
        mode: 'SECURITY_FIRST',
        lastWorkingDay: '2026-12-31T23:59:59.999Z',
      });
    }));

  test('may name another successor, who has to be one', () =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await plan(caseContext);
      const anew = await again(caseContext, offboarding.id, { successor: 'cleo@acme.example' });
      expect((await planOf(caseContext.store.journal, anew)).body.successor).toBe('cleo');
      expect(await codeOf(again(caseContext, offboarding.id, { successor: 'ledger' }))).toBe('BAD_INPUT');
      expect(await codeOf(again(caseContext, offboarding.id, { successor: 'ada' }))).toBe('BAD_INPUT');
    }));
});
