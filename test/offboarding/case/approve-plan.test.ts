import { describe, expect, test } from '@jest/globals';
import { approvePlan } from '../../../src/offboarding/case/approve-plan.js';
import type { Case } from '../../../src/offboarding/case/case.js';
import { planDocument, planOf, requireCase } from '../../../src/offboarding/case/case-documents.js';
import { decide } from '../../../src/offboarding/case/decide.js';
import type { KeptPlan } from '../../../src/offboarding/case/kept-plan.js';
import { planOffboarding } from '../../../src/offboarding/case/plan-offboarding.js';
import { replan } from '../../../src/offboarding/case/replan.js';
import { person, STORY_TIME, type TestDesk, withDesk } from '../../support/desk.js';
import { company } from './company.js';
import { lastEvent, refusal } from './support.js';

const plan = (desk: TestDesk) => planOffboarding(desk, person('pia'), { human: 'ada', reason: 'Ada leaves' });
const retireDigest = (desk: TestDesk, { id }: Case, who = 'pia') =>
  decide(desk, person(who), { offboarding: id, entity: 'digest', action: 'RETIRE', reason: 'Unread' });
const approve = (desk: TestDesk, { id, planHash }: Case, who: string) =>
  approvePlan(desk, person(who), { offboarding: id, planHash, reason: 'Looked at it' });

describe('approving', () => {
  test('is of the plan that was looked at, by another person, and recorded', () =>
    withDesk([company()], async (desk) => {
      const one = await retireDigest(desk, await plan(desk));
      const approved = await approve(desk, one, 'ann');
      expect(approved).toMatchObject({
        state: 'APPROVED',
        planHash: one.planHash,
        approved: { subject: 'ann', signedInBy: 'static-token', at: STORY_TIME, reason: 'Looked at it' },
      });
      expect(await requireCase(desk.store.journal, one.id)).toEqual(approved);
      expect(await lastEvent(desk)).toMatchObject({
        type: 'CASE_APPROVED',
        actor: person('ann'),
        reason: 'Looked at it',
        case: one.id,
        before: { state: 'IN_REVIEW' },
        after: { state: 'APPROVED', planHash: one.planHash, accepted: [], left: [] },
      });
    }));

  test('is refused to whoever planned, planned again or decided, whatever became of it', () =>
    withDesk([company()], async (desk) => {
      const first = await retireDigest(desk, await plan(desk), 'dee');
      const again = await retireDigest(desk, first, 'eve');
      const one = await replan(desk, person('ray'), { offboarding: again.id, reason: 'Anew' });
      for (const who of ['pia', 'dee', 'eve', 'ray', 'RAY ', 'Pia']) {
        expect([who, (await refusal(approve(desk, one, who))).code]).toEqual([who, 'SELF_APPROVAL']);
      }
      expect((await approve(desk, one, 'ann')).state).toBe('APPROVED');
    }));

  test('is refused for a plan that is another one by now, with what changed', () =>
    withDesk([company()], async (desk) => {
      const seen = await plan(desk);
      const one = await retireDigest(desk, seen);
      const refused = await refusal(approve(desk, seen, 'ann'));
      expect(refused.code).toBe('PLAN_STALE');
      expect(refused.details.changes).toContainEqual({
        what: 'decision',
        id: 'digest',
        before: { action: 'REVIEW', rule: 6, reason: null },
        after: { action: 'RETIRE', rule: 0, reason: 'Unread' },
      });
      const unknown = await refusal(approve(desk, { ...one, planHash: 'none' }, 'ann'));
      expect(unknown).toMatchObject({ code: 'PLAN_STALE', details: { changes: [] } });
      expect(unknown.message).toContain(one.planHash);
    }));

  test('is refused while a person has to decide, with what about', () =>
    withDesk([company()], async (desk) => {
      const refused = await refusal(approve(desk, await plan(desk), 'ann'));
      expect(refused).toMatchObject({ code: 'PLAN_NEEDS_DECISION', details: { entities: ['digest'] } });
    }));

  test('needs a reason', () =>
    withDesk([company()], async (desk) => {
      const one = await retireDigest(desk, await plan(desk));
      const asked = { offboarding: one.id, planHash: one.planHash, reason: ' ' };
      expect((await refusal(approvePlan(desk, person('ann'), asked))).code).toBe('BAD_INPUT');
    }));

  test.each<[string, Partial<KeptPlan>, string, object]>([
    [
      'stops what it does not say',
      { prediction: { exposure: [], broken: ['payroll'], unexpected: ['payroll'] } },
      'WOULD_BREAK',
      { workloads: ['payroll'] },
    ],
    [
      'leaves reachable what it does not say',
      { unexplained: ['ledger'] },
      'PLAN_NEEDS_DECISION',
      { entities: ['ledger'] },
    ],
  ])('is refused for a plan that %s', (_what, predicted, code, details) =>
    withDesk([company()], async (desk) => {
      const one = await retireDigest(desk, await plan(desk));
      const kept = await planOf(desk.store.journal, one);
      const draft = await desk.store.write({ now: desk.clock.now() });
      await draft.putDocuments([planDocument(one.id, { ...kept, ...predicted })]);
      await draft.commit([]);
      expect(await refusal(approve(desk, one, 'ann'))).toMatchObject({ code, details });
      expect((await requireCase(desk.store.journal, one.id)).state).toBe('IN_REVIEW');
    }),
  );

  test('happens once, of two people at once', () =>
    withDesk([company()], async (desk) => {
      const one = await retireDigest(desk, await plan(desk));
      const both = await Promise.allSettled([approve(desk, one, 'ann'), approve(desk, one, 'abe')]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    }));
});
