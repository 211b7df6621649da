import { describe, expect, test } from '@jest/globals';
import type { TendrilError } from '../../../src/model/errors.js';
import { cancelOffboarding } from '../../../src/offboarding/case/cancel-offboarding.js';
import { planOf, requireCase } from '../../../src/offboarding/case/case-documents.js';
import { planOffboarding } from '../../../src/offboarding/case/plan-offboarding.js';
import { demoDocuments, ofKind } from '../../scenarios/demo-company.js';
import { scenarios } from '../../scenarios/scenario.js';
import { person, STORY_TIME, type TestCaseContext, withCaseContext } from '../../support/case-context.js';
import { company } from './company.js';
import { codeOf, lastEvent } from './support.js';

const pia = person('pia');
const plan = (caseContext: TestCaseContext, more: object = {}) =>
  planOffboarding(caseContext, pia, { human: 'ada', reason: 'Ada leaves', ...more });

describe('planning that a person leaves', () => {
  test('makes a case in review, with its plan, for the present moment', () =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await plan(caseContext);
      expect(offboarding).toMatchObject({
        state: 'IN_REVIEW',
        input: {
          kind: 'OFFBOARDING',
          human: 'ada',
          mode: 'SECURITY_FIRST',
          evaluatedAt: STORY_TIME,
          lastWorkingDay: null,
        },
        planned: { subject: 'pia', signedInBy: 'static-token', at: STORY_TIME, reason: 'Ada leaves' },
        authors: ['pia'],
        needsApproval: true,
        approved: null,
      });
      expect(await requireCase(caseContext.store.journal, offboarding.id)).toEqual(offboarding);
      const kept = await planOf(caseContext.store.journal, offboarding);
      expect(kept.hash).toBe(offboarding.planHash);
      expect(kept.needsDecision).toEqual(['digest']);
      expect(kept.body.successor).toBe('bea');
      // Security first takes the key of payroll before it has another.
      expect(kept.downtime).toEqual(['payroll']);
      expect(kept.prediction).toEqual({
        exposure: [],
        broken: ['digest'],
        unexpected: ['digest'],
        alreadyBroken: [],
      });
    }));

  test('knows the person by an address as well', () =>
    withCaseContext([company()], async (caseContext) => {
      expect((await plan(caseContext, { human: 'ADA@acme.example' })).input.human).toBe('ada');
      expect(
        (await plan(caseContext, { human: 'dan', successor: 'cleo@acme.example' })).input.successor,
      ).toBe('cleo');
    }));

  test.each([
    ['nobody', { human: 'eve' }, 'NOT_FOUND'],
    ['an account', { human: 'ada.login' }, 'BAD_INPUT'],
    ['no reason', { reason: '  ' }, 'BAD_INPUT'],
    ['a reason that is too long', { reason: 'x'.repeat(2001) }, 'BAD_INPUT'],
    ['a day that is none', { lastWorkingDay: '2026-02-30' }, 'BAD_INPUT'],
    ['the leaver as successor', { successor: 'ada' }, 'BAD_INPUT'],
    ['a thing as successor', { successor: 'wiki' }, 'BAD_INPUT'],
    ['nobody as successor', { successor: 'eve' }, 'NOT_FOUND'],
  ])('is refused for %s, and writes nothing', (_what, input, code) =>
    withCaseContext([company()], async (caseContext) => {
      const before = await caseContext.store.head();
      expect(await codeOf(plan(caseContext, input))).toBe(code);
      expect(await caseContext.store.head()).toEqual(before);
    }),
  );

  test.each([
    ['a day ahead', { lastWorkingDay: '2026-11-30' }, 'CONTINUITY_FIRST', '2026-11-30T23:59:59.999Z'],
    [
      'today, until it ends',
      { lastWorkingDay: '2026-11-23' },
      'CONTINUITY_FIRST',
      '2026-11-23T23:59:59.999Z',
    ],
    [
      'a moment that is over',
      { lastWorkingDay: '2026-11-23T08:00:00Z' },
      'SECURITY_FIRST',
      '2026-11-23T08:00:00.000Z',
    ],
    [
      'another mode that is asked for',
      { lastWorkingDay: '2026-11-30', mode: 'SECURITY_FIRST' },
      'SECURITY_FIRST',
      '2026-11-30T23:59:59.999Z',
    ],
  ])('goes by the last working day: %s', (_what, input, mode, lastWorkingDay) =>
    withCaseContext([company()], async (caseContext) => {
      expect((await plan(caseContext, input)).input).toMatchObject({ mode, lastWorkingDay });
    }),
  );

  test('takes the last working day from the person’s source where none is given', () =>
    withCaseContext([company({ lastWorkingDay: '2026-12-01' })], async (caseContext) => {
      expect((await plan(caseContext)).input).toMatchObject({
        mode: 'CONTINUITY_FIRST',
        lastWorkingDay: '2026-12-01T23:59:59.999Z',
      });
    }));

  test('is refused while the person has an open case, which it names', () =>
    withCaseContext([company()], async (caseContext) => {
      const first = await plan(caseContext);
      const refused = await plan(caseContext).catch((error: TendrilError) => error);
      expect(refused).toMatchObject({ code: 'CONFLICT', details: { offboarding: first.id } });
      await cancelOffboarding(caseContext, pia, { offboarding: first.id, reason: 'She stays' });
      expect((await plan(caseContext)).id).not.toBe(first.id);
    }));

  test('makes one case of two plans for one person at once', () =>
    withCaseContext([company()], async (caseContext) => {
      const both = await Promise.allSettled([plan(caseContext), plan(caseContext)]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'CONFLICT' },
      });
    }));

  test('chooses nobody as successor who is leaving too, unless named', () =>
    withCaseContext([company()], async (caseContext) => {
      const bea = await plan(caseContext, { human: 'bea' });
      const ada = await plan(caseContext);
      expect((await planOf(caseContext.store.journal, ada)).body.successor).toBe('cleo');
      await cancelOffboarding(caseContext, pia, { offboarding: ada.id, reason: 'Again' });
      const named = await plan(caseContext, { successor: 'bea' });
      expect((await planOf(caseContext.store.journal, named)).body.successor).toBe('bea');
      await cancelOffboarding(caseContext, pia, { offboarding: named.id, reason: 'Again' });
      await cancelOffboarding(caseContext, pia, { offboarding: bea.id, reason: 'She stays' });
      expect((await planOf(caseContext.store.journal, await plan(caseContext))).body.successor).toBe('bea');
    }));

  test('is told to the auditor in the same commit', () =>
    withCaseContext([company()], async (caseContext) => {
      const { revision } = await caseContext.store.head();
      const offboarding = await plan(caseContext);
      const event = await lastEvent(caseContext);
      expect(event).toMatchObject({
        type: 'CASE_PLANNED',
        actor: { subject: 'pia', signedInBy: 'static-token', requestId: 'request-of-pia' },
        reason: 'Ada leaves',
        case: offboarding.id,
        entity: 'ada',
        revision: revision + 1,
        before: null,
        after: {
          state: 'IN_REVIEW',
          planHash: offboarding.planHash,
          successor: 'bea',
          needsDecision: ['digest'],
        },
      });
      expect((await caseContext.store.head()).revision).toBe(revision + 1);
    }));

  test('plans every leaver of the demo company so that nothing stays reachable unsaid', () =>
    withCaseContext(demoDocuments, async (caseContext) => {
      const ids = scenarios
        .flatMap(({ start }) => start)
        .filter((start) => !start.includes('/user/'))
        .map((start) => ofKind('Human', { email: start })[0]?.id ?? start);
      const humans = new Set(ids);
      expect(humans.size).toBeGreaterThan(15);
      for (const human of humans) {
        const offboarding = await planOffboarding(caseContext, pia, { human, reason: 'A story' });
        expect([human, (await planOf(caseContext.store.journal, offboarding)).unexplained]).toEqual([
          human,
          [],
        ]);
      }
    }));
});
