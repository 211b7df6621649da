import { conflict } from '../../model/errors.js';
import type { Case } from '../case/case.js';
import { actionsOf, planOf, requireCase } from '../case/case-documents.js';
import type { CaseContext } from '../case-context.js';
import { type Verified, verifyCase } from './verify-case.js';

/**
 * Verifies a case now, as phase 7 does, and writes nothing.
 *
 * @throws NOT_FOUND; CONFLICT for a case that was not executed, or was cancelled
 */
export async function verifyNow(
  caseContext: CaseContext,
  id: string,
): Promise<{ readonly offboarding: Case; readonly found: Verified }> {
  const { journal } = caseContext.store;
  const offboarding = await requireCase(journal, id);
  const { state } = offboarding;
  if (offboarding.executed === null || state === 'CANCELLED') {
    const then = state === 'CANCELLED' ? 'It was cancelled.' : 'Look at the case for what it waits for.';
    throw conflict(`The case ${id} is ${state}, so there is nothing to verify. ${then}`, { state });
  }
  const plan = await planOf(journal, offboarding);
  return {
    offboarding,
    found: await verifyCase(caseContext, offboarding, plan, await actionsOf(journal, id)),
  };
}
