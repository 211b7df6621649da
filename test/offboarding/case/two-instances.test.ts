import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { approvePlan } from '../../../src/offboarding/case/approve-plan.js';
import { cancelOffboarding } from '../../../src/offboarding/case/cancel-offboarding.js';
import { requireCase } from '../../../src/offboarding/case/case-documents.js';
import { decide } from '../../../src/offboarding/case/decide.js';
import { planOffboarding } from '../../../src/offboarding/case/plan-offboarding.js';
import { openEmbedded } from '../../../src/store/embedded/index.js';
import { importAt, openCaseContext, person } from '../../support/case-context.js';
import { company } from './company.js';
import { events } from './support.js';

test('of two instances on one store, neither overwrites what the other did to a case', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tendril-cases-'));
  const path = join(folder, 'graph.db');
  const first = await openCaseContext({ store: await openEmbedded({ path }) });
  const other = await openCaseContext({ store: await openEmbedded({ path }) });
  try {
    await importAt(first, [company()]);
    const plans = await Promise.allSettled(
      [first, other].map((caseContext) =>
        planOffboarding(caseContext, person('pia'), { human: 'ada', reason: 'Leaves' }),
      ),
    );
    expect(plans.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [event] = (await events(first)).filter(({ type }) => type === 'CASE_PLANNED');
    const offboarding = event!.case!;
    const decided = await Promise.all([
      decide(first, person('dee'), { offboarding, entity: 'digest', action: 'RETIRE', reason: 'Unread' }),
      decide(other, person('eve'), { offboarding, entity: 'payroll', action: 'RETIRE', reason: 'Over' }),
    ]);
    const both = await requireCase(first.store.journal, offboarding);
    expect(both.decisions).toHaveLength(2);
    expect(decided.map(({ planHash }) => planHash)).toContain(both.planHash);
    const outcomes = await Promise.allSettled([
      approvePlan(first, person('ann'), { offboarding, planHash: both.planHash, reason: 'Fine' }),
      cancelOffboarding(other, person('eve'), { offboarding, reason: 'She stays' }),
    ]);
    expect(outcomes[1]!.status).toBe('fulfilled');
    expect(await requireCase(first.store.journal, offboarding)).toMatchObject({
      state: 'CANCELLED',
      approved: outcomes[0]!.status === 'fulfilled' ? { subject: 'ann' } : null,
    });
  } finally {
    await first.store.close();
    await other.store.close();
    await rm(folder, { recursive: true, force: true });
  }
});
