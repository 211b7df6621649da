import { describe, expect, test } from '@jest/globals';
import { approvePlan } from '../../../src/offboarding/case/approve-plan.js';
import type { Case } from '../../../src/offboarding/case/case.js';
import { planOf, requireCase } from '../../../src/offboarding/case/case-documents.js';
import { type Decide, decide } from '../../../src/offboarding/case/decide.js';
import { planOffboarding } from '../../../src/offboarding/case/plan-offboarding.js';
import { importAt, person, type TestCaseContext, withCaseContext } from '../../support/case-context.js';
import { company, entity, later } from './company.js';
import { codeOf, lastEvent, refusal } from './support.js';

const plan = (caseContext: TestCaseContext) =>
  planOffboarding(caseContext, person('pia'), { human: 'ada', reason: 'Ada leaves' });
const retireDigest = (offboarding: Case): Decide => ({
  offboarding: offboarding.id,
  entity: 'digest',
  action: 'RETIRE',
  reason: 'Nobody reads it',
});

describe('deciding instead of the rules', () => {
  test('plans again for the same moment, and records who decided and why', () =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await plan(caseContext);
      caseContext.clock.pass(60_000);
      const decided = await decide(caseContext, person('dee'), retireDigest(offboarding));
      expect(decided.planHash).not.toBe(offboarding.planHash);
      expect(decided).toMatchObject({
        state: 'IN_REVIEW',
        authors: ['pia', 'dee'],
        input: offboarding.input,
      });
      const { body, needsDecision } = await planOf(caseContext.store.journal, decided);
      expect(body.evaluatedAt).toBe(offboarding.input.evaluatedAt);
      expect(needsDecision).toEqual([]);
      expect(body.decisions.find(({ entity: thing }) => thing === 'digest')).toMatchObject({
        action: 'RETIRE',
        rule: 0,
        reason: 'Nobody reads it',
      });
      expect(await lastEvent(caseContext)).toMatchObject({
        type: 'CASE_DECIDED',
        actor: person('dee'),
        reason: 'Nobody reads it',
        case: offboarding.id,
        entity: 'digest',
        before: { state: 'IN_REVIEW', planHash: offboarding.planHash, decision: { action: 'REVIEW' } },
        after: { state: 'IN_REVIEW', planHash: decided.planHash, decision: { action: 'RETIRE' } },
      });
    }));

  test('the newest word on a thing counts', () =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await plan(caseContext);
      await decide(caseContext, person('dee'), retireDigest(offboarding));
      const second = {
        ...retireDigest(offboarding),
        action: 'REHOME',
        successor: 'cleo@acme.example',
      } as const;
      const decided = await decide(caseContext, person('dee'), second);
      const { body } = await planOf(caseContext.store.journal, decided);
      expect(body.decisions.find(({ entity: thing }) => thing === 'digest')).toMatchObject({
        action: 'REHOME',
        successor: 'cleo',
      });
    }));

  test('takes an approval back, and says so', () =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await decide(caseContext, person('pia'), retireDigest(await plan(caseContext)));
      const { planHash } = offboarding;
      await approvePlan(caseContext, person('ann'), {
        offboarding: offboarding.id,
        planHash,
        reason: 'Fine',
      });
      const decided = await decide(caseContext, person('pia'), {
        ...retireDigest(offboarding),
        entity: 'payroll',
        action: 'RETIRE',
      });
      expect(decided).toMatchObject({ state: 'IN_REVIEW', approved: null });
      expect(await lastEvent(caseContext)).toMatchObject({
        before: { state: 'APPROVED' },
        after: { approvalTakenBackFrom: 'ann' },
      });
    }));

  test.each<[string, Partial<Decide>, string]>([
    ['a thing that the plan decides nothing about', { entity: 'dan.key' }, 'BAD_INPUT'],
    ['a thing that is not there', { entity: 'nothing' }, 'BAD_INPUT'],
    ['transferring what stands on the leaver', { action: 'TRANSFER' }, 'BAD_INPUT'],
    ['a successor who is none', { action: 'REHOME', successor: 'ada' }, 'BAD_INPUT'],
    ['an identity that is none', { action: 'REHOME', managedIdentity: 'wiki' }, 'BAD_INPUT'],
    ['no reason', { reason: '' }, 'BAD_INPUT'],
    ['a case that is not there', { offboarding: 'tendril/case/none' }, 'NOT_FOUND'],
  ])('is refused for %s, and writes nothing', (_what, wrong, code) =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await plan(caseContext);
      const before = await caseContext.store.head();
      expect(
        await codeOf(decide(caseContext, person('dee'), { ...retireDigest(offboarding), ...wrong })),
      ).toBe(code);
      expect(await caseContext.store.head()).toEqual(before);
    }),
  );

  test('loses neither of two decisions at once, nor one beside an approval', () =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await plan(caseContext);
      await Promise.all([
        decide(caseContext, person('dee'), retireDigest(offboarding)),
        decide(caseContext, person('eve'), {
          ...retireDigest(offboarding),
          entity: 'payroll',
          successor: null,
        }),
      ]);
      const both = await requireCase(caseContext.store.journal, offboarding.id);
      expect(both.decisions.map(({ entity: thing }) => thing).sort()).toEqual(['digest', 'payroll']);
      expect([...both.authors].sort()).toEqual(['dee', 'eve', 'pia']);
      const { body } = await planOf(caseContext.store.journal, both);
      expect(body.decisions.filter(({ rule }) => rule === 0)).toHaveLength(2);
      const outcomes = await Promise.allSettled([
        decide(caseContext, person('dee'), {
          ...retireDigest(offboarding),
          entity: 'payroll',
          action: 'REHOME',
        }),
        approvePlan(caseContext, person('ann'), {
          offboarding: offboarding.id,
          planHash: both.planHash,
          reason: 'Fine',
        }),
      ]);
      const after = await requireCase(caseContext.store.journal, offboarding.id);
      // Whichever came first: the decision is there, and what is approved is never a plan without it.
      expect(outcomes[0]).toMatchObject({ status: 'fulfilled' });
      expect(after).toMatchObject({ state: 'IN_REVIEW', approved: null });
      expect(after.decisions).toHaveLength(3);
    }));

  test('sees the graph as it is by then', () =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await plan(caseContext);
      await importAt(caseContext, [later([entity('ServiceIdentity', 'robot', { managed: true })])]);
      const decided = await decide(caseContext, person('dee'), {
        ...retireDigest(offboarding),
        action: 'REHOME',
        managedIdentity: 'robot',
      });
      expect(decided.plannedOn).toBeGreaterThan(offboarding.plannedOn);
      expect(
        (await refusal(decide(caseContext, person('dee'), { ...retireDigest(offboarding), entity: 'zz' })))
          .message,
      ).toMatch(/only what the plan lists/);
    }));
});
