import { describe, expect, test } from '@jest/globals';
import { withCaseContext } from '../../support/case-context.js';
import { action, executing, run } from './carry-out.js';
import { departure } from './departure.js';

const LEAVING = '1/SET_HUMAN_STATUS/ada';
const LEFT = '7/SET_HUMAN_STATUS/ada';

describe('the status of a person who leaves', () => {
  test('has as its proof that people said so, where no source says it', () =>
    withCaseContext(departure({ it: 'SIMULATED', paper: 'SIMULATED', hr: 'MANUAL' }), async (caseContext) => {
      const { id } = await executing(caseContext);
      await run(caseContext, id);
      const proven = { state: 'DONE', proof: 'ATTESTED', proofReference: `${id}, approved by anna` };
      expect(await action(caseContext, id, LEAVING)).toMatchObject(proven);
      expect(await action(caseContext, id, LEFT)).toMatchObject(proven);
    }));

  test('is only simulated where its source pretends', () =>
    withCaseContext(departure(), async (caseContext) => {
      const { id } = await executing(caseContext);
      await run(caseContext, id);
      expect(await action(caseContext, id, LEFT)).toMatchObject({ state: 'DONE', proof: 'SIMULATED' });
    }));

  test('is observed where its source says so already', () =>
    withCaseContext(departure(undefined, { status: 'LEFT' }), async (caseContext) => {
      const { id } = await executing(caseContext);
      await run(caseContext, id);
      expect(await action(caseContext, id, LEFT)).toMatchObject({ state: 'DONE', proof: 'OBSERVED' });
    }));
});
