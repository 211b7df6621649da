import type { Draft } from '../../store/draft.js';
import type { Store } from '../../store/store.js';
import type { Case } from '../case/case.js';
import type { CaseAction } from '../case/case-action.js';
import { isOfAnotherClock } from '../case/case-clock.js';
import { actionDocument, actionsAt, actionsOf } from '../case/case-documents.js';
import { isPossible } from '../case/case-states.js';
import { casesGoingOn } from '../case/cases-going-on.js';
import { type CaseChange, changeCase } from '../case/change-case.js';
import type { CaseContext } from '../case-context.js';
import { actorOf } from './action-events.js';
import { awakened } from './attest.js';
import { type RecordedOutcome, recordDone } from './record-outcome.js';
import { isAskedFor, type ShownDone, shownDone } from './shown-done.js';

/**
 * Settles, in all cases that wait, the actions that sources show as done by now (semantics, section 5, *Proof*:
 * OBSERVED), and lets these cases go on. It is called after imports, and by runners for what came while nobody looked.
 *
 * @param cases those that go on, as they were read just now; left out: they are read
 * @returns how many actions were settled
 */
export async function settleShown(caseContext: CaseContext, cases?: readonly Case[]): Promise<number> {
  let settled = 0;
  // A case that cannot be read is told of by the runner and the attention list.
  for (const offboarding of cases ?? (await casesGoingOn(caseContext.store, () => {})))
    if (mayBeSettled(caseContext, offboarding)) settled += await settleIn(caseContext, offboarding);
  return settled;
}

/** The run of a case that is carried out settles its actions itself. */
const mayBeSettled = (caseContext: CaseContext, offboarding: Case): boolean =>
  (offboarding.state === 'WAITING' || offboarding.state === 'INCOMPLETE') &&
  offboarding.cancelled === null &&
  !isOfAnotherClock(caseContext, offboarding);

async function settleIn(caseContext: CaseContext, offboarding: Case): Promise<number> {
  const found = await shownDone(caseContext.store, await askedFor(caseContext.store, offboarding));
  if (found.length === 0) return 0;
  let settled = 0;
  await changeCase(caseContext, offboarding.id, async (now, draft) => {
    if (!isPossible('ATTEST', now.state) || now.changes !== offboarding.changes) return null;
    settled = found.length;
    const change = await settledIn(caseContext, now, draft, found);
    return { ...change, case: awakened(caseContext, now) };
  });
  return settled;
}

/** The change of a case that records these actions as done, as their sources show. */
export async function settledIn(
  caseContext: CaseContext,
  offboarding: Case,
  draft: Draft,
  found: readonly ShownDone[],
): Promise<CaseChange> {
  const { journal } = caseContext.store;
  const outcomes: RecordedOutcome[] = [];
  for (const { action, reference } of found) {
    const [now] = await actionsAt(journal, offboarding.id, [action.position]);
    if (now === undefined || !isAskedFor(now)) continue;
    const proof = { proof: 'OBSERVED', reference, externalId: null, already: true, reason: null } as const;
    outcomes.push(await recordDone(caseContext, draft, actorOf(offboarding), offboarding, now, proof));
  }
  return {
    case: offboarding,
    documents: outcomes.map(({ action }) => actionDocument(action)),
    facts: outcomes.flatMap(({ facts }) => facts),
  };
}

/** Of each store, the actions of a case that were asked for, as of a number of changes of the case. */
const known = new WeakMap<Store, Map<string, { readonly changes: number; readonly asked: CaseAction[] }>>();

/** The actions of a case that were asked for; read again only where the case has changed. */
async function askedFor(store: Store, { id, changes }: Case): Promise<CaseAction[]> {
  const cases = known.get(store) ?? new Map();
  known.set(store, cases);
  const before = cases.get(id);
  if (before?.changes === changes) return before.asked;
  const asked = (await actionsOf(store.journal, id)).filter(isAskedFor);
  cases.set(id, { changes, asked });
  return asked;
}
