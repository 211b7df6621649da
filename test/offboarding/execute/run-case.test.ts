import { describe, expect, test } from '@jest/globals';
import { actionsOf, verificationOf } from '../../../src/offboarding/case/case-documents.js';
import { ACTION_KINDS } from '../../../src/offboarding/plan/plan.js';
import { INVARIANTS } from '../../../src/offboarding/verify/verification.js';
import { withDesk } from '../../support/desk.js';
import { executing, run } from './carry-out.js';
import { departure } from './departure.js';

describe('carrying a case out', () => {
  test('does every kind of action there is, and ends VERIFIED', () =>
    withDesk(departure(), async (desk) => {
      const { id } = await executing(desk);
      const ended = await run(desk, id);
      const actions = await actionsOf(desk.store.journal, id);
      const found = await verificationOf(desk.store.journal, id);
      expect(found?.checks.map(({ invariant, holds }) => [invariant, holds])).toEqual(
        INVARIANTS.map((one) => [one, true]),
      );
      expect([...new Set(actions.map(({ action }) => action.kind))].sort()).toEqual([...ACTION_KINDS].sort());
      expect(actions.filter(({ state }) => state !== 'DONE')).toEqual([]);
      expect(ended).toMatchObject({ state: 'VERIFIED', assurance: 'SIMULATED', lease: null, because: null });
    }));
});
