import { expect, test } from '@jest/globals';
import { requireCase } from '../../../src/offboarding/case/case-documents.js';
import { changeCase } from '../../../src/offboarding/case/change-case.js';
import { planOffboarding } from '../../../src/offboarding/case/plan-offboarding.js';
import { person, withCaseContext } from '../../support/case-context.js';
import { company } from './company.js';

test('a case is not written in a state that no operation leads to, and the error names both', () =>
  withCaseContext([company()], async (caseContext) => {
    const { id } = await planOffboarding(caseContext, person('pia'), { human: 'ada', reason: 'Ada leaves' });
    const { revision } = await caseContext.store.head();
    const jump = changeCase(caseContext, id, async (offboarding) => ({
      case: { ...offboarding, state: 'VERIFIED' },
      facts: [],
    }));
    await expect(jump).rejects.toThrow('No operation leads from IN_REVIEW to VERIFIED.');
    expect((await caseContext.store.head()).revision).toBe(revision);
    expect((await requireCase(caseContext.store.journal, id)).state).toBe('IN_REVIEW');
  }));
