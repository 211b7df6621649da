import { describe, expect, test } from '@jest/globals';
import { planOf } from '../../../src/offboarding/case/case-documents.js';
import { comparePlans } from '../../../src/offboarding/case/compare-plans.js';
import { planOffboarding } from '../../../src/offboarding/case/plan-offboarding.js';
import type { PlanBody } from '../../../src/offboarding/plan/plan.js';
import { person, withCaseContext } from '../../support/case-context.js';
import { company } from './company.js';

const body = (): Promise<PlanBody> =>
  withCaseContext([company()], async (caseContext) => {
    const offboarding = await planOffboarding(caseContext, person('pia'), {
      human: 'ada',
      reason: 'Ada leaves',
    });
    return (await planOf(caseContext.store.journal, offboarding)).body;
  });

describe('what differs between two plans', () => {
  test('is nothing where they are alike', async () => {
    const plan = await body();
    expect(comparePlans(plan, JSON.parse(JSON.stringify(plan)) as PlanBody)).toEqual([]);
  });

  test('is said by what and by id, each part with what it was and is', async () => {
    const plan = await body();
    const [first, second, ...rest] = plan.actions;
    const added = { ...first!, id: '1/NEW/x' };
    const other: PlanBody = {
      ...plan,
      successor: 'cleo',
      accepted: ['digest'],
      decisions: plan.decisions.slice(1),
      actions: [{ ...first!, source: 'elsewhere' }, added, ...rest],
    };
    expect(comparePlans(plan, other)).toEqual([
      { what: 'successor', id: null, before: 'bea', after: 'cleo' },
      { what: 'decision', id: plan.decisions[0]!.entity, before: plan.decisions[0], after: null },
      { what: 'accepted', id: 'digest', before: null, after: 'digest' },
      { what: 'action', id: first!.id, before: { source: 'it' }, after: { source: 'elsewhere' } },
      { what: 'action', id: second!.id, before: second, after: null },
      { what: 'action', id: '1/NEW/x', before: null, after: added },
    ]);
  });

  test('is the order where that is all', async () => {
    const plan = await body();
    const turned = { ...plan, actions: [...plan.actions].reverse() };
    expect(comparePlans(plan, turned).map(({ what, id }) => [what, id])).toEqual([['order', null]]);
  });
});
