import { describe, expect, test } from '@jest/globals';
import { approvePlan } from '../../../src/offboarding/case/approve-plan.js';
import type { Case } from '../../../src/offboarding/case/case.js';
import { planDocument, planOf, requireCase } from '../../../src/offboarding/case/case-documents.js';
import { decide } from '../../../src/offboarding/case/decide.js';
import type { KeptPlan } from '../../../src/offboarding/case/kept-plan.js';
import { planOffboarding } from '../../../src/offboarding/case/plan-offboarding.js';
import { replan } from '../../../src/offboarding/case/replan.js';
import { person, STORY_TIME, type TestCaseContext, withCaseContext } from '../../support/case-context.js';
import { company } from './company.js';
import { lastEvent, refusal } from './support.js';

const plan = (caseContext: TestCaseContext) =>
  planOffboarding(caseContext, person('pia'), { human: 'ada', reason: 'Ada leaves' });
const retireDigest = (caseContext: TestCaseContext, { id }: Case, who = 'pia') =>
  decide(caseContext, person(who), { offboarding: id, entity: 'digest', action: 'RETIRE', reason: 'Unread' });
const approve = (caseContext: TestCaseContext, { id, planHash }: Case, who: string) =>
  approvePlan(caseContext, person(who), { offboarding: id, planHash, reason: 'Looked at it' });

describe('approving', () => {
  test('is of the plan that was looked at, by another person, and recorded', () =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await retireDigest(caseContext, await plan(caseContext));
      const approved = await approve(caseContext, offboarding, 'ann');
      expect(approved).toMatchObject({
        state: 'APPROVED',
        planHash: offboarding.planHash,
        approved: { subject: 'ann', signedInBy: 'static-token', at: STORY_TIME, reason: 'Looked at it' },
      });
      expect(await requireCase(caseContext.store.journal, offboarding.id)).toEqual(approved);
      expect(await lastEvent(caseContext)).toMatchObject({
        type: 'CASE_APPROVED',
        actor: person('ann'),
        reason: 'Looked at it',
        case: offboarding.id,
        before: { state: 'IN_REVIEW' },
        after: { state: 'APPROVED', planHash: offboarding.planHash, accepted: [], left: [] },
      });
    }));

  test('is refused to whoever planned, planned again or decided, whatever became of it', () =>
    withCaseContext([company()], async (caseContext) => {
      const first = await retireDigest(caseContext, await plan(caseContext), 'dee');
      const again = await retireDigest(caseContext, first, 'eve');
      const offboarding = await replan(caseContext, person('ray'), { offboarding: again.id, reason: 'Anew' });
      for (const who of ['pia', 'dee', 'eve', 'ray', 'RAY ', 'Pia']) {
        expect([who, (await refusal(approve(caseContext, offboarding, who))).code]).toEqual([
          who,
          'SELF_APPROVAL',
        ]);
      }
      expect((await approve(caseContext, offboarding, 'ann')).state).toBe('APPROVED');
    }));

  test('is refused for a plan that is another one by now, with what changed', () =>
    withCaseContext([company()], async (caseContext) => {
      const seen = await plan(caseContext);
      const offboarding = await retireDigest(caseContext, seen);
      const refused = await refusal(approve(caseContext, seen, 'ann'));
      expect(refused.code).toBe('PLAN_STALE');
      expect(refused.details.changes).toContainEqual({
        what: 'decision',
        id: 'digest',
        before: { action: 'REVIEW', rule: 6, reason: null },
        after: { action: 'RETIRE', rule: 0, reason: 'Unread' },
      });
      const unknown = await refusal(approve(caseContext, { ...offboarding, planHash: 'none' }, 'ann'));
      expect(unknown).toMatchObject({ code: 'PLAN_STALE', details: { changes: [] } });
      expect(unknown.message).toContain(offboarding.planHash);
    }));

  test('is refused while a person has to decide, with what about', () =>
    withCaseContext([company()], async (caseContext) => {
      const refused = await refusal(approve(caseContext, await plan(caseContext), 'ann'));
      expect(refused).toMatchObject({ code: 'PLAN_NEEDS_DECISION', details: { entities: ['digest'] } });
    }));

  test('needs a reason', () =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await retireDigest(caseContext, await plan(caseContext));
      const asked = { offboarding: offboarding.id, planHash: offboarding.planHash, reason: ' ' };
      expect((await refusal(approvePlan(caseContext, person('ann'), asked))).code).toBe('BAD_INPUT');
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
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await retireDigest(caseContext, await plan(caseContext));
      const kept = await planOf(caseContext.store.journal, offboarding);
      const draft = await caseContext.store.write({ now: caseContext.clock.now() });
      await draft.putDocuments([planDocument(offboarding.id, { ...kept, ...predicted })]);
      await draft.commit([]);
      expect(await refusal(approve(caseContext, offboarding, 'ann'))).toMatchObject({ code, details });
      expect((await requireCase(caseContext.store.journal, offboarding.id)).state).toBe('IN_REVIEW');
    }),
  );

  test('happens once, of two people at once', () =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await retireDigest(caseContext, await plan(caseContext));
      const both = await Promise.allSettled([
        approve(caseContext, offboarding, 'ann'),
        approve(caseContext, offboarding, 'abe'),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    }));
});
