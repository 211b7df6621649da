import { isDeepStrictEqual } from 'node:util';
import { conflict } from '../../model/errors.js';
import type { CaseContext } from '../case-context.js';
import type { Case } from './case.js';
import { requireCase } from './case-documents.js';
import { type CaseChange, type ChangeOptions, changeCase } from './change-case.js';

/** How often a change is prepared before it fails because others keep changing the case. */
const ATTEMPTS = 5;

/**
 * Changes a case by something that takes long to prepare, such as a plan, without keeping other writers waiting. The
 * change is prepared from the case as it was read, and is committed only if the case is unchanged. Otherwise it is
 * prepared again, so that no change is lost.
 *
 * @throws NOT_FOUND; what `prepare` throws; CONFLICT where the case keeps changing
 */
export async function changePlan(
  caseContext: CaseContext,
  id: string,
  prepare: (seen: Case) => Promise<CaseChange>,
  options: ChangeOptions = {},
): Promise<Case> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const seen = await requireCase(caseContext.store.journal, id);
    const change = await prepare(seen);
    let isSame = false;
    const changed = await changeCase(
      caseContext,
      id,
      async (now) => {
        isSame = isDeepStrictEqual(now, seen);
        return isSame ? change : null;
      },
      options,
    );
    if (isSame) return changed;
  }
  throw conflict(`Others keep changing the case ${id} at the same time. Look at it again, then repeat this.`);
}
