import { expect, test } from '@jest/globals';
import { cancelOffboarding } from '../../../src/offboarding/case/cancel-offboarding.js';
import { countCases, listCases } from '../../../src/offboarding/case/list-cases.js';
import { caseId } from '../../../src/offboarding/case/new-case.js';
import { planOffboarding } from '../../../src/offboarding/case/plan-offboarding.js';
import { person, withCaseContext } from '../../support/case-context.js';
import { company } from './company.js';

test('cases come in the order in which they were made, by page and by state', () =>
  withCaseContext([company()], async (caseContext) => {
    const ids: string[] = [];
    for (const human of ['dan', 'cleo', 'bea', 'ada']) {
      caseContext.clock.pass(1);
      ids.push((await planOffboarding(caseContext, person('pia'), { human, reason: 'Leaves' })).id);
    }
    await cancelOffboarding(caseContext, person('pia'), { offboarding: ids[1]!, reason: 'Stays' });
    const { journal } = caseContext.store;
    const page = async (query: Parameters<typeof listCases>[1]) => {
      const { cases, hasNext } = await listCases(journal, query);
      return [cases.map(({ id }) => ids.indexOf(id)), hasNext];
    };
    expect(await page({ limit: 4 })).toEqual([[0, 1, 2, 3], false]);
    expect(await page({ limit: 2 })).toEqual([[0, 1], true]);
    expect(await page({ limit: 2, after: ids[1]! })).toEqual([[2, 3], false]);
    expect(await page({ limit: 2, states: ['IN_REVIEW'] })).toEqual([[0, 2], true]);
    expect(await page({ limit: 2, states: ['CANCELLED'] })).toEqual([[1], false]);
    expect(await page({ limit: 2, states: [] })).toEqual([[], false]);
    expect([await countCases(journal), await countCases(journal, ['IN_REVIEW'])]).toEqual([4, 3]);
  }));

test('the id of a case is a UUID of version 7 that begins with the moment', () => {
  const id = caseId(Date.parse('2026-11-23T09:00:00.000Z'));
  expect(id).toMatch(/^tendril\/case\/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const moment = Number.parseInt(id.slice('tendril/case/'.length).replace('-', '').slice(0, 12), 16);
  expect(new Date(moment).toISOString()).toBe('2026-11-23T09:00:00.000Z');
});
