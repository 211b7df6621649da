import { conflict } from '../../model/errors.js';
import type { Case } from '../case/case.js';
import { actionsOf, planOf, requireCase } from '../case/case-documents.js';
import type { CaseContext } from '../case-context.js';
import { type Verified, verifyCase } from './verify-case.js';

/**
 * Asks now what phase 7 asks, and writes nothing.
 *
 * @throws NOT_FOUND; CONFLICT for a case that was not executed, or was cancelled
 */
export async function verifyNow(
  caseContext: CaseContext,
  id: string,
): Promise<{ readonly one: Case; readonly found: Verified }> {
  const { journal } = caseContext.store;
  const one = await requireCase(journal, id);
  const { state } = one;
  if (one.executed === null || state === 'CANCELLED') {
    const then = state === 'CANCELLED' ? 'It was cancelled.' : 'Look at the case for what it waits for.';
    throw conflict(`The case ${id} is ${state}, so there is nothing to verify. ${then}`, { state });
  }
  const plan = await planOf(journal, one);
  return { one, found: await verifyCase(caseContext, one, plan, await actionsOf(journal, id)) };
}
