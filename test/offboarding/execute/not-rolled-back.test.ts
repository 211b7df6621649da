import { describe, expect, test } from '@jest/globals';
import { waive } from '../../../src/offboarding/execute/waive.js';
import { statusOf } from '../../import/support.js';
import { importAt, person, withCaseContext } from '../../support/case-context.js';
import { action, executing, run, runOut } from './carry-out.js';
import { departure, later, link } from './departure.js';
import { done, Outside } from './outside.js';

describe('a re-homed workload that stops although nobody rolled it back', () => {
  test('does not hold up the case where what it depends on was given up', () => {
    const outside = new Outside(({ kind, entity: { id } }) =>
      kind === 'BIND_WORKLOAD' && id === 'digest' ? { outcome: 'REFUSED', why: 'no' } : done,
    );
    return withCaseContext(
      departure({ it: 'OUTSIDE', paper: 'SIMULATED' }),
      async (caseContext) => {
        await importAt(caseContext, [later('it', [], [link('DEPENDS_ON', 'payroll', 'digest')])]);
        const { id } = await executing(caseContext);
        await run(caseContext, id);
        expect(await action(caseContext, id, '2/BIND_WORKLOAD/digest')).toMatchObject({
          state: 'IRREVOCABLE',
        });
        expect(await action(caseContext, id, '2/BIND_WORKLOAD/payroll')).toMatchObject({ state: 'DONE' });
        await waive(caseContext, person('olga'), {
          offboarding: id,
          action: '2/BIND_WORKLOAD/digest',
          owner: 'bea',
          until: '2026-12-31T00:00:00.000Z',
          reason: 'The digest may stop, and payroll with it',
        });
        expect(await runOut(caseContext, id)).toMatchObject({ state: 'INCOMPLETE', heldSince: null });
        expect(await statusOf(caseContext.store, 'consent')).toBe('REVOKED');
      },
      { actuators: outside.actuators },
    );
  });
});
