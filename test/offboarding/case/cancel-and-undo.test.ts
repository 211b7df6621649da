import { expect, test } from '@jest/globals';
import { exportSnapshots } from '../../../src/export/index.js';
import { approvePlan } from '../../../src/offboarding/case/approve-plan.js';
import { cancelOffboarding } from '../../../src/offboarding/case/cancel-offboarding.js';
import { actionsOf } from '../../../src/offboarding/case/case-documents.js';
import { decide } from '../../../src/offboarding/case/decide.js';
import { planOffboarding } from '../../../src/offboarding/case/plan-offboarding.js';
import { executeOffboarding } from '../../../src/offboarding/execute/execute.js';
import { runCase } from '../../../src/offboarding/execute/run-case.js';
import { importAt, person, type TestCaseContext, withCaseContext } from '../../support/case-context.js';
import { company, entity, later, link } from './company.js';
import { events } from './support.js';

/** A dead token of Ada's that payroll would do without: re-homing just ends that, with nothing in its place. */
const deadKey = later(
  [entity('Token', 'ada.old', { tokenType: 'API_KEY', status: 'REVOKED' })],
  [link('ISSUED', 'ada.login', 'ada.old'), link('USES', 'payroll', 'ada.old', { required: false })],
);

/** What the one source of the company would say of everything as it stands. */
async function exported({ store }: TestCaseContext): Promise<string[]> {
  const lines: string[] = [];
  for await (const file of exportSnapshots(store, Number.MAX_SAFE_INTEGER)) {
    if (file.source !== 'it') continue;
    for await (const line of file.lines) lines.push(line);
  }
  return lines.sort();
}

/** What payroll uses, whether it has to, and the numbers of who says so. */
async function usesOf({ store }: TestCaseContext): Promise<string[]> {
  const query = { id: 'payroll', direction: 'OUT', types: ['USES'], limit: 100 } as const;
  const [page] = await store.relationshipsOf([query], Number.MAX_SAFE_INTEGER);
  return page!.relationships.map(
    ({ toId, required, claims }) => `${toId} ${required} ${claims.map(({ source }) => source)}`,
  );
}

test('a case that is cancelled while it waits for the last day leaves everything as it was', () =>
  withCaseContext([company({ lastWorkingDay: '2026-12-31' })], async (caseContext) => {
    await importAt(caseContext, [deadKey]);
    const before = await exported(caseContext);
    const planned = await planOffboarding(caseContext, person('pia'), { human: 'ada', reason: 'Ada leaves' });
    const offboarding = planned.id;
    const { planHash } = await decide(caseContext, person('pia'), {
      offboarding,
      entity: 'digest',
      action: 'REHOME',
      reason: 'It is read',
    });
    await approvePlan(caseContext, person('ann'), { offboarding, planHash, reason: 'Fine' });
    await executeOffboarding(caseContext, person('oli'), { offboarding, planHash });
    expect(await runCase(caseContext, offboarding)).toMatchObject({ state: 'WAITING', begun: [2] });
    expect(await usesOf(caseContext)).not.toContain('ada.old false 1');
    const cancelled = await cancelOffboarding(caseContext, person('pia'), {
      offboarding,
      reason: 'She stays',
    });
    expect(cancelled.state).toBe('EXECUTING');
    expect(await runCase(caseContext, offboarding)).toMatchObject({
      state: 'CANCELLED',
      begun: [2],
      because: null,
      cancelled: { subject: 'pia' },
    });
    expect(await exported(caseContext)).toEqual(before);
    expect(await usesOf(caseContext)).toEqual(['ada.key true 1', 'ada.old false 1']);
    const undone = (await actionsOf(caseContext.store.journal, offboarding)).filter(({ action }) =>
      action.id.startsWith('undo/'),
    );
    expect(undone.every(({ state }) => state === 'DONE')).toBe(true);
    expect(undone.map(({ action }) => action.kind)).toContain('REVOKE_GRANT');
    const { length } = await events(caseContext);
    expect(await runCase(caseContext, offboarding)).toBeNull();
    expect(await events(caseContext)).toHaveLength(length);
  }));
