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
 * Phase 7: completes the rotations that waited for a token to die, sweeps what appeared meanwhile until nothing more
 * does, sets the person LEFT whatever came of the rest, and verifies. It can be stopped anywhere and done again.
 *
 * @returns true where the case has ended; false where there is more to do first.
 */
export async function finish(run: Run): Promise<boolean> {
  // First: whoever knew a secret knows it no more once that is done, and no sweep has to rotate it for them again.
  if (await completeRotations(run)) return false;
  if (await addSwept(run)) return false;
  const last = run.actions.find(({ action, state }) => action.phase === 7 && state === 'PENDING');
  if (last === undefined) return end(run);
  await act(run, last);
  return false;
}

/** Adds what a sweep found under the approval; true where it found anything. */
async function addSwept(run: Run): Promise<boolean> {
  const { caseContext, held, plan, limits } = run;
  // What comes faster than it can be swept is left for the verification to say.
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

/** Rotations of secrets whose tokens were still alive then, and are dead now; whether there were any. */
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

/** Rotations that were done and whose secrets need rotation still, by a look that keeps no writer waiting. */
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
 * How often the graph may have changed while it was looked at, before it is looked at while nobody else may write: else
 * imports that follow close on each other would keep a case from ending for as long as they last.
 */
const MOST_MISSED = 5;

/** Whether the graph is looked at before it is this run's turn to write. */
const keepsNobodyWaiting = ({ missed }: Run): boolean => missed < MOST_MISSED;

/** The graph has changed since it was looked at: nothing of what was found is written. */
function miss(run: Run): null {
  run.missed += 1;
  return null;
}

const actionsNow = ({ caseContext, held }: Run): Promise<CaseAction[]> =>
  actionsOf(caseContext.store.journal, held.case);

/** Verifies, and says what the case came to; not where the graph has changed since it was looked at. */
async function end(run: Run): Promise<boolean> {
  const { caseContext, held, plan, offboarding: seen, actions } = run;
  const before = keepsNobodyWaiting(run) ? await verifyCase(caseContext, seen, plan, actions) : null;
  let ended = false;
  await changeAsHolder(caseContext, held, async (offboarding, draft) => {
    const found = before ?? (await verifyCase(caseContext, offboarding, plan, await actionsNow(run)));
    // Whatever was imported meanwhile might be what the case is to have ended.
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
    // Also of a verified case: a waiver that runs out keeps it from being one.
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
