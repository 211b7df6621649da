import { isDeepStrictEqual } from 'node:util';
import { conflict } from '../../model/errors.js';
import type { CaseContext } from '../case-context.js';
import type { Case } from './case.js';
import { requireCase } from './case-documents.js';
import { type CaseChange, changeCase } from './change-case.js';

/** How often a change is prepared anew because somebody else changed the case meanwhile. */
const ATTEMPTS = 5;

/**
 * Changes a case by what takes long to prepare, such as a plan, without keeping other writers waiting: it is
 * prepared from the case as it was seen, and counts only if the case is still that one. Otherwise it is prepared
 * again from what the other writer left, so that neither is lost.
 *
 * @throws NOT_FOUND; what `prepare` throws; CONFLICT where others keep coming between
 */
export async function changePlan(
  caseContext: CaseContext,
  id: string,
  prepare: (seen: Case) => Promise<CaseChange>,
): Promise<Case> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const seen = await requireCase(caseContext.store.journal, id);
    const change = await prepare(seen);
    let isSame = false;
    const changed = await changeCase(caseContext, id, async (now) => {
      isSame = isDeepStrictEqual(now, seen);
      return isSame ? change : null;
    });
    if (isSame) return changed;
  }
  throw conflict(`Others keep changing the case ${id} at the same time. Look at it again, then repeat this.`);
}
