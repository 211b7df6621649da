import { describe, expect, test } from '@jest/globals';
import { TendrilError } from '../../../src/model/errors.js';
import { approvePlan } from '../../../src/offboarding/case/approve-plan.js';
import type { Case } from '../../../src/offboarding/case/case.js';
import { planOf } from '../../../src/offboarding/case/case-documents.js';
import { decide } from '../../../src/offboarding/case/decide.js';
import { assertFresh } from '../../../src/offboarding/case/plan-again.js';
import { planOffboarding } from '../../../src/offboarding/case/plan-offboarding.js';
import { replan } from '../../../src/offboarding/case/replan.js';
import { demoDocuments } from '../../scenarios/demo-company.js';
import { scenarios } from '../../scenarios/scenario.js';
import { person, type TestCaseContext, withCaseContext } from '../../support/case-context.js';
import { codeOf, events } from './support.js';

const pia = person('pia');
const leavers = scenarios.flatMap(({ start }) => start).filter((start) => !start.includes('/user/'));

/** Decides whatever a person has to, as far as that may be: to go on where possible. */
async function decideAll(caseContext: TestCaseContext, offboarding: Case): Promise<Case> {
  let current = offboarding;
  const { needsDecision } = await planOf(caseContext.store.journal, offboarding);
  for (const entity of needsDecision) {
    for (const action of ['REHOME', 'TRANSFER', 'RETIRE'] as const) {
      const asked = { offboarding: offboarding.id, entity, action, reason: 'A story' };
      try {
        current = await decide(caseContext, pia, asked);
        break;
      } catch (error) {
        if (!(error instanceof TendrilError) || error.code !== 'BAD_INPUT') throw error;
      }
    }
  }
  return current;
}

describe('the leavers of the demo company', () => {
  test.each(leavers)('%s: planned, decided, approved, and fresh when it begins', (human) =>
    withCaseContext(demoDocuments, async (caseContext) => {
      const planned = await planOffboarding(caseContext, pia, { human, reason: 'A story' });
      let offboarding = await decideAll(caseContext, planned);
      if ((await planOf(caseContext.store.journal, offboarding)).needsDecision.length > 0) {
        const successor = 'hr:fennmarsh/person/tamsin.okoro';
        offboarding = await replan(caseContext, pia, {
          offboarding: offboarding.id,
          successor,
          reason: 'Nobody is above',
        });
      }
      const { needsDecision, prediction } = await planOf(caseContext.store.journal, offboarding);
      expect([needsDecision, prediction.unexpected]).toEqual([[], []]);
      const asked = { offboarding: offboarding.id, planHash: offboarding.planHash, reason: 'Looked at' };
      expect(await codeOf(approvePlan(caseContext, pia, asked))).toBe('SELF_APPROVAL');
      const approved = await approvePlan(caseContext, person('ann'), asked);
      caseContext.clock.pass(3 * 86_400_000);
      await assertFresh(caseContext, approved);
      const told = (await events(caseContext)).filter((event) => event.case === offboarding.id);
      expect(told.at(-1)).toMatchObject({ type: 'CASE_APPROVED', actor: { subject: 'ann' } });
    }),
  );
});
