import { formatTime } from '../../model/time.js';
import type { Case } from '../case/case.js';
import type { CaseAction } from '../case/case-action.js';
import { actionDocument, actionsOf } from '../case/case-documents.js';
import { stateAfter } from '../case/case-states.js';
import { caseFact } from '../case/change-case.js';
import type { CaseContext } from '../case-context.js';
import { sweepCase } from '../verify/sweep-case.js';
import { type Verified, verifyCase } from '../verify/verify-case.js';
import { act } from './act.js';
import { actionFact, actorOf, ROTATION_EVENT } from './action-events.js';
import { changeAsHolder } from './case-lease.js';
import { completeRotation } from './rotation.js';
import type { Run } from './run.js';

/**
 * One step of phase 7. It completes rotations that waited until tokens were dead, sweeps late credentials until there
 * are no more, sets the person LEFT whatever the outcome of other actions, and verifies. It can be repeated after a
 * stop at any point.
 *
 * @returns true where the case has ended; false where there is more to do first
 */
export async function finish(run: Run): Promise<boolean> {
  // This comes first: a complete rotation ends the leaver's knowledge, so that no sweep rotates the secret again.
  if (await completeRotations(run)) return false;
  if (await addSwept(run)) return false;
  const last = run.actions.find(({ action, state }) => action.phase === 7 && state === 'PENDING');
  if (last === undefined) return end(run);
  await act(run, last);
  return false;
}

/** Adds the actions of a sweep, which the approval of the plan covers; true where there are any. */
async function addSwept(run: Run): Promise<boolean> {
  const { caseContext, held, plan, limits } = run;
  // Credentials that appear faster than they can be swept are reported by the verification.
  if (run.swept >= limits.sweeps) return false;
  const before = keepsNobodyWaiting(run)
    ? await sweepCase(caseContext, run.offboarding, plan, run.actions)
    : null;
  if (before?.additions.length === 0) return false;
  let found = true;
  await changeAsHolder(caseContext, held, async (offboarding, draft) => {
    const { revision, additions } =
      before ?? (await sweepCase(caseContext, offboarding, plan, await actionsNow(run)));
    found = additions.length > 0;
    if (draft.base.revision !== revision) return miss(run);
    if (!found) return null;
    run.missed = 0;
    run.swept += 1;
    const actions = additions.map(({ action: { id, kind, entity } }) => ({ id, kind, entity }));
    return {
      case: { ...offboarding, sweeps: offboarding.sweeps + 1 },
      documents: additions.map(actionDocument),
      facts: [
        caseFact('SWEPT', actorOf(offboarding), offboarding, {
          after: { round: offboarding.sweeps + 1, actions },
        }),
      ],
    };
  });
  return found;
}

/** Completes rotations of secrets whose tokens were alive then and are dead now; whether there were any. */
async function completeRotations({ caseContext, held, actions }: Run): Promise<boolean> {
  let any = false;
  for (const rotation of await waitingRotations(caseContext, actions)) {
    await changeAsHolder(caseContext, held, async (offboarding, draft) => {
      const at = Math.max(caseContext.clock.now(), draft.base.at);
      const applied = await completeRotation(caseContext.store, draft, rotation.action, {
        case: offboarding.id,
        at,
        externalId: null,
      });
      if (applied.length === 0) return null;
      any = true;
      return {
        case: offboarding,
        facts: [
          actionFact(ROTATION_EVENT, actorOf(offboarding), offboarding, [rotation, rotation], { applied }),
        ],
      };
    });
  }
  return any;
}

/** Rotations that were done and whose secrets still need rotation. Read outside the draft, so that no writer waits. */
async function waitingRotations(
  { store }: CaseContext,
  actions: readonly CaseAction[],
): Promise<CaseAction[]> {
  const done = actions.filter(({ action, state }) => action.kind === 'ROTATE_SECRET' && state === 'DONE');
  if (done.length === 0) return [];
  const { revision } = await store.head();
  const records = await store.entities(
    done.map(({ action }) => action.entity),
    revision,
  );
  return done.filter((_, at) => records[at]?.status === 'ROTATION_REQUIRED');
}

/**
 * How often the graph may change while it is read without a draft. After that it is read within the draft, while
 * others cannot write: otherwise a series of imports could keep a case from ending.
 */
const MOST_MISSED = 5;

/** Whether the graph is read before the draft is opened, so that other writers do not wait. */
const keepsNobodyWaiting = ({ missed }: Run): boolean => missed < MOST_MISSED;

/** Counts that the graph has changed since it was read: nothing is written. */
function miss(run: Run): null {
  run.missed += 1;
  return null;
}

const actionsNow = ({ caseContext, held }: Run): Promise<CaseAction[]> =>
  actionsOf(caseContext.store.journal, held.case);

/** Verifies the case and ends it; false where the graph has changed since it was read. */
async function end(run: Run): Promise<boolean> {
  const { caseContext, held, plan, offboarding: seen, actions } = run;
  const before = keepsNobodyWaiting(run) ? await verifyCase(caseContext, seen, plan, actions) : null;
  let ended = false;
  await changeAsHolder(caseContext, held, async (offboarding, draft) => {
    const found = before ?? (await verifyCase(caseContext, offboarding, plan, await actionsNow(run)));
    // What was imported in the meantime may be something that the case should have ended.
    if (draft.base.revision !== found.verification.revision) return miss(run);
    ended = true;
    return {
      case: endedCase(offboarding, found, formatTime(caseContext.clock.now())),
      documents: found.documents,
      facts: [factOf(offboarding, found)],
    };
  });
  return ended;
}

function endedCase(
  offboarding: Case,
  { isVerified, assurance, again, because }: Verified,
  endedAt: string,
): Case {
  return {
    ...offboarding,
    state: stateAfter('VERIFY', offboarding.state, isVerified ? 'VERIFIED' : 'INCOMPLETE'),
    lease: null,
    // A verified case has a time too: when a waiver runs out, the case is not verified any more.
    wakeAt: again,
    because,
    endedAt,
    assurance,
  };
}

function factOf(offboarding: Case, { verification, isVerified, assurance, observed }: Verified) {
  const { revision, checks, residual } = verification;
  const open = residual.filter(({ kind }) => kind === 'OPEN');
  return caseFact(isVerified ? 'CASE_VERIFIED' : 'CASE_INCOMPLETE', actorOf(offboarding), offboarding, {
    before: { state: offboarding.state },
    after: {
      state: isVerified ? 'VERIFIED' : 'INCOMPLETE',
      revision,
      assurance,
      checks: Object.fromEntries(checks.map(({ invariant, holds }) => [invariant, holds])),
      open: open.map(({ entity, why }) => ({ entity, why })),
      observed: observed.map(({ action }) => action.id),
    },
  });
}
