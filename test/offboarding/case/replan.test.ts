import { describe, expect, test } from '@jest/globals';
import { approvePlan } from '../../../src/offboarding/case/approve-plan.js';
import { planOf } from '../../../src/offboarding/case/case-documents.js';
import { decide } from '../../../src/offboarding/case/decide.js';
import { planOffboarding } from '../../../src/offboarding/case/plan-offboarding.js';
import { replan } from '../../../src/offboarding/case/replan.js';
import { importAt, person, type TestDesk, withDesk } from '../../support/desk.js';
import { company, entity, later, link } from './company.js';
import { codeOf, lastEvent } from './support.js';

const plan = (desk: TestDesk, more: object = {}) =>
  planOffboarding(desk, person('pia'), { human: 'ada', reason: 'Ada leaves', ...more });
const again = (desk: TestDesk, offboarding: string, more: object = {}) =>
  replan(desk, person('ray'), { offboarding, reason: 'Things changed', ...more });
const retire = (desk: TestDesk, offboarding: string, thing: string) =>
  decide(desk, person('pia'), { offboarding, entity: thing, action: 'RETIRE', reason: 'Unread' });

describe('planning a case anew', () => {
  test('is on the present graph for the present moment, and keeps what was decided', () =>
    withDesk([company()], async (desk) => {
      const one = await retire(desk, (await plan(desk)).id, 'digest');
      const { planHash } = one;
      await approvePlan(desk, person('ann'), { offboarding: one.id, planHash, reason: 'Fine' });
      await importAt(desk, [
        later(
          [entity('Token', 'ada.key.2', { tokenType: 'API_KEY' })],
          [link('ISSUED', 'ada.login', 'ada.key.2')],
        ),
      ]);
      desk.clock.pass(3_600_000);
      const anew = await again(desk, one.id);
      expect(anew).toMatchObject({
        state: 'IN_REVIEW',
        approved: null,
        planned: { subject: 'ray', reason: 'Things changed' },
        authors: ['pia', 'ray'],
        decisions: one.decisions,
        input: { evaluatedAt: '2026-11-23T10:00:00.000Z' },
      });
      const { body, needsDecision } = await planOf(desk.store.journal, anew);
      expect(needsDecision).toEqual([]);
      expect(body.actions.map(({ id }) => id)).toContain('3/REVOKE_TOKEN/ada.key.2');
      expect(await lastEvent(desk)).toMatchObject({
        type: 'CASE_REPLANNED',
        actor: person('ray'),
        reason: 'Things changed',
        case: one.id,
        before: { state: 'APPROVED', planHash },
        after: { planHash: anew.planHash, dropped: [], approvalTakenBackFrom: 'ann' },
      });
      // The plan that was approved once is there still, for whoever asks what that was.
      expect((await planOf(desk.store.journal, anew, planHash)).hash).toBe(planHash);
    }));

  test('drops decisions that can no longer be taken, and names them', () =>
    withDesk([company()], async (desk) => {
      const one = await plan(desk, { successor: 'cleo' });
      await retire(desk, one.id, 'digest');
      await retire(desk, one.id, 'payroll');
      await importAt(desk, [
        later([
          entity('Job', 'digest', { jobType: 'SCHEDULER', status: 'RETIRED' }),
          entity('Human', 'cleo', { email: 'cleo@acme.example', status: 'LEFT' }),
        ]),
      ]);
      const anew = await again(desk, one.id);
      expect(anew.decisions.map(({ entity: thing }) => thing)).toEqual(['payroll']);
      expect(anew.input.successor).toBeNull();
      expect((await planOf(desk.store.journal, anew)).body.successor).toBe('bea');
      expect((await lastEvent(desk)).after).toMatchObject({
        dropped: expect.arrayContaining([
          { what: 'digest', why: expect.any(String) },
          { what: 'successor', why: expect.any(String) },
        ]),
      });
    }));

  test('goes by the last working day as it is then', () =>
    withDesk([company({ lastWorkingDay: '2026-11-24' })], async (desk) => {
      const one = await plan(desk);
      expect(one.input.mode).toBe('CONTINUITY_FIRST');
      desk.clock.moveTo('2026-11-26T00:00:00.000Z');
      expect((await again(desk, one.id)).input).toMatchObject({
        mode: 'SECURITY_FIRST',
        lastWorkingDay: '2026-11-24T23:59:59.999Z',
      });
    }));

  test('keeps what was asked for by name', () =>
    withDesk([company({ lastWorkingDay: '2026-11-24' })], async (desk) => {
      const one = await plan(desk, { lastWorkingDay: '2026-12-31', mode: 'SECURITY_FIRST' });
      expect((await again(desk, one.id)).input).toMatchObject({
        mode: 'SECURITY_FIRST',
        lastWorkingDay: '2026-12-31T23:59:59.999Z',
      });
    }));

  test('may name another successor, who has to be one', () =>
    withDesk([company()], async (desk) => {
      const one = await plan(desk);
      const anew = await again(desk, one.id, { successor: 'cleo@acme.example' });
      expect((await planOf(desk.store.journal, anew)).body.successor).toBe('cleo');
      expect(await codeOf(again(desk, one.id, { successor: 'ledger' }))).toBe('BAD_INPUT');
      expect(await codeOf(again(desk, one.id, { successor: 'ada' }))).toBe('BAD_INPUT');
    }));
});
