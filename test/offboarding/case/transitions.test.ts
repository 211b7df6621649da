import { describe, expect, test } from '@jest/globals';
import { approvePlan } from '../../../src/offboarding/case/approve-plan.js';
import { cancelOffboarding } from '../../../src/offboarding/case/cancel-offboarding.js';
import { CASE_STATES, type Case, type CaseState } from '../../../src/offboarding/case/case.js';
import { requireCase } from '../../../src/offboarding/case/case-documents.js';
import { decide } from '../../../src/offboarding/case/decide.js';
import { planOffboarding } from '../../../src/offboarding/case/plan-offboarding.js';
import { replan } from '../../../src/offboarding/case/replan.js';
import { person, type TestCaseContext, withCaseContext } from '../../support/case-context.js';
import { company } from './company.js';
import { codeOf, events, force } from './support.js';

const pia = person('pia');
const reason = 'Because of the table';

const USE_CASES: Readonly<
  Record<string, (caseContext: TestCaseContext, offboarding: Case) => Promise<Case>>
> = {
  plan: (caseContext, { input }) => planOffboarding(caseContext, pia, { human: input.human!, reason }),
  decide: (caseContext, { id }) =>
    decide(caseContext, pia, { offboarding: id, entity: 'payroll', action: 'RETIRE', reason }),
  approve: (caseContext, { id, planHash }) =>
    approvePlan(caseContext, person('ann'), { offboarding: id, planHash, reason }),
  replan: (caseContext, { id }) => replan(caseContext, pia, { offboarding: id, reason }),
  cancel: (caseContext, { id }) => cancelOffboarding(caseContext, pia, { offboarding: id, reason }),
};

/** The state of the case that comes back; where none is named, it is refused with CONFLICT. */
const ALLOWED: Readonly<Record<CaseState, Readonly<Record<string, CaseState>>>> = {
  IN_REVIEW: { decide: 'IN_REVIEW', approve: 'APPROVED', replan: 'IN_REVIEW', cancel: 'CANCELLED' },
  APPROVED: { decide: 'IN_REVIEW', replan: 'IN_REVIEW', cancel: 'CANCELLED' },
  EXECUTING: { cancel: 'CANCELLED' },
  WAITING: { cancel: 'CANCELLED' },
  VERIFIED: { plan: 'IN_REVIEW' },
  INCOMPLETE: { plan: 'IN_REVIEW' },
  CANCELLED: { plan: 'IN_REVIEW' },
};

const table = CASE_STATES.flatMap((state) =>
  Object.keys(USE_CASES).map((name) => [state, name, ALLOWED[state][name] ?? 'CONFLICT'] as const),
);

describe('what may be done with a case in which state', () => {
  test.each(table)('%s: %s gives %s', (state, name, expected) =>
    withCaseContext([company()], async (caseContext) => {
      const planned = await planOffboarding(caseContext, pia, { human: 'ada', reason });
      const ready = await decide(caseContext, pia, {
        offboarding: planned.id,
        entity: 'digest',
        action: 'RETIRE',
        reason,
      });
      const offboarding = await force(caseContext, ready, { state });
      const before = await events(caseContext);
      const outcome = USE_CASES[name]!(caseContext, offboarding);
      if (expected === 'CONFLICT') {
        expect(await codeOf(outcome)).toBe('CONFLICT');
        expect(await requireCase(caseContext.store.journal, offboarding.id)).toEqual(offboarding);
        expect(await events(caseContext)).toHaveLength(before.length);
        return;
      }
      const after = await outcome;
      expect(after.state).toBe(expected);
      expect(await requireCase(caseContext.store.journal, after.id)).toEqual(after);
      const added = (await events(caseContext)).slice(before.length);
      expect(added).toHaveLength(1);
      expect(added[0]).toMatchObject({ case: after.id, reason, after: { state: expected } });
      if (after.id === offboarding.id) expect(added[0]!.before).toMatchObject({ state });
    }),
  );
});
