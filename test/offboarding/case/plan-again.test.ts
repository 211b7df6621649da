import { describe, expect, test } from '@jest/globals';
import type { SnapshotEntity, SnapshotRelationship } from '../../../src/model/snapshot.js';
import type { Case } from '../../../src/offboarding/case/case.js';
import { planOf } from '../../../src/offboarding/case/case-documents.js';
import { decide } from '../../../src/offboarding/case/decide.js';
import { assertFresh, planAgain } from '../../../src/offboarding/case/plan-again.js';
import { planOffboarding } from '../../../src/offboarding/case/plan-offboarding.js';
import { importAt, person, type TestCaseContext, withCaseContext } from '../../support/case-context.js';
import { company, entity, later, link } from './company.js';
import { refusal } from './support.js';

const pia = person('pia');
const planned = async (caseContext: TestCaseContext): Promise<Case> => {
  const offboarding = await planOffboarding(caseContext, pia, { human: 'ada', reason: 'Ada leaves' });
  return decide(caseContext, pia, {
    offboarding: offboarding.id,
    entity: 'digest',
    action: 'RETIRE',
    reason: 'Unread',
  });
};

type Later = [string, SnapshotEntity[], SnapshotRelationship[]];

describe('planning again when a case begins', () => {
  test.each<Later>([
    ['nothing', [], []],
    ['a person who has nothing to do with it', [entity('Human', 'finn', { email: 'finn@acme.example' })], []],
    [
      'somebody else’s token',
      [entity('Token', 'dan.key.2', { tokenType: 'API_KEY' })],
      [link('ISSUED', 'dan.login', 'dan.key.2')],
    ],
    ['access of somebody else', [], [link('CAN_ACCESS', 'dan.login', 'wiki', { permission: 'ADMIN' })]],
    ['the manager leaving', [entity('Human', 'bea', { email: 'bea@acme.example', status: 'LEAVING' })], []],
  ])('gives the same plan after %s came', (_what, entities, relationships) =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await planned(caseContext);
      if (entities.length + relationships.length > 0)
        await importAt(caseContext, [later(entities, relationships)]);
      caseContext.clock.pass(86_400_000);
      expect((await planAgain(caseContext, offboarding)).plan.hash).toBe(offboarding.planHash);
      await assertFresh(caseContext, offboarding);
    }),
  );

  test.each<[...Later, string]>([
    [
      'a token of the leaver',
      [entity('Token', 'ada.key.2', { tokenType: 'API_KEY' })],
      [link('ISSUED', 'ada.login', 'ada.key.2')],
      '3/REVOKE_TOKEN/ada.key.2',
    ],
    ['a thing of the leaver', [], [link('OWNS', 'ada', 'ledger')], '6/END_RELATIONSHIP/ledger'],
  ])('is refused after %s came, and shows it', (_what, entities, relationships, action) =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await planned(caseContext);
      await importAt(caseContext, [later(entities, relationships)]);
      const { code, details } = await refusal(assertFresh(caseContext, offboarding));
      expect(code).toBe('PLAN_STALE');
      const changes = details.changes as { what: string; id: string; before: unknown }[];
      expect(changes).toHaveLength(details.changeCount as number);
      expect(changes).toContainEqual(expect.objectContaining({ what: 'action', id: action, before: null }));
    }),
  );

  test('is refused where what was decided can no longer be, and says why', () =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await planned(caseContext);
      await importAt(caseContext, [
        later([entity('Job', 'digest', { jobType: 'SCHEDULER', status: 'RETIRED' })]),
      ]);
      expect(await refusal(assertFresh(caseContext, offboarding))).toMatchObject({
        code: 'PLAN_STALE',
        details: { changes: [{ what: 'refused', id: offboarding.id }] },
      });
    }));

  test('is refused under another policy', () =>
    withCaseContext([company()], async (caseContext) => {
      const offboarding = await planned(caseContext);
      const other = { ...caseContext, policy: { ...caseContext.policy, hash: '0'.repeat(64) } };
      const { policyHash } = (await planOf(caseContext.store.journal, offboarding)).body;
      expect((await refusal(assertFresh(other, offboarding))).details.changes).toEqual([
        { what: 'policyHash', id: null, before: policyHash, after: '0'.repeat(64) },
      ]);
    }));
});
