import { formatTime, type Millis } from '../../model/time.js';
import type { Draft } from '../../store/draft.js';
import type { DocumentWrite } from '../../store/journal.js';
import type { Case } from '../case/case.js';
import { isOfAnotherClock } from '../case/case-clock.js';
import { isPossible, stateAfter } from '../case/case-states.js';
import { type CaseChange, caseFact, changeCase } from '../case/change-case.js';
import type { CaseContext } from '../case-context.js';
import { actorOf } from './action-events.js';

/** The right to run a case, as its holder knows it. */
export interface HeldLease {
  readonly case: string;
  readonly fencing: number;
  /** How long each renewal lasts, in milliseconds. */
  readonly lasts: Millis;
  /** Called after every change that the holder has made, with the case and the documents that were written. */
  readonly onChange?: (offboarding: Case, written: readonly DocumentWrite[]) => void;
}

/** Thrown where another instance runs the case by now, or no instance may: nothing is written. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/**
 * Takes the lease of a case: of an EXECUTING one without a lease or whose lease has run out, or of one whose time to
 * be looked at has come. Leases are about processes, so they use the real time, also where the clock of the graph
 * stands still.
 *
 * @returns null where there is nothing to run, another instance runs it, or it goes by another kind of clock
 */
export async function takeLease(
  caseContext: CaseContext,
  id: string,
  lasts: Millis,
): Promise<HeldLease | null> {
  let held: HeldLease | null = null;
  const take = async (offboarding: Case) => {
    if (isOfAnotherClock(caseContext, offboarding)) return null;
    if (!isToRun(offboarding, caseContext.instance, caseContext.clock.now(), Date.now())) return null;
    const fencing = offboarding.fencing + 1;
    held = { case: id, fencing, lasts };
    const taken: Case = {
      ...offboarding,
      state: stateAfter('TAKE', offboarding.state),
      fencing,
      lease: { holder: caseContext.instance, fencing, until: formatTime(Date.now() + lasts) },
      wakeAt: null,
      because: null,
    };
    const after = { state: taken.state, instance: caseContext.instance, fencing };
    return {
      case: taken,
      facts: [
        caseFact('CASE_TAKEN', actorOf(offboarding), offboarding, {
          before: { state: offboarding.state },
          after,
        }),
      ],
    };
  };
  await changeCase(caseContext, id, take, { anyClock: true });
  return held;
}

/**
 * Whether this instance may run a case. An instance runs a case once at a time, so a lease in its own name is left
 * over from a run that ended while the store was unavailable.
 *
 * @param wall the real time
 */
export function isToRun(offboarding: Case, instance: string, now: Millis, wall: Millis): boolean {
  if (offboarding.state === 'EXECUTING') {
    const { lease } = offboarding;
    return lease === null || lease.holder === instance || Date.parse(lease.until) <= wall;
  }
  return (
    isPossible('TAKE', offboarding.state) &&
    offboarding.wakeAt !== null &&
    Date.parse(offboarding.wakeAt) <= now
  );
}

/**
 * Changes a case as the instance that runs it, and renews the lease with the change.
 *
 * @throws LeaseLost where another instance has taken the case, or it may not be run any more
 */
export async function changeAsHolder(
  caseContext: CaseContext,
  held: HeldLease,
  change: (offboarding: Case, draft: Draft) => Promise<CaseChange | null>,
): Promise<Case> {
  let written: readonly DocumentWrite[] | null = null;
  const after = await changeCase(caseContext, held.case, async (offboarding, draft) => {
    if (!isPossible('RUN', offboarding.state) || offboarding.lease?.fencing !== held.fencing) {
      throw new LeaseLost(
        `The case ${held.case} is not run by the instance ${caseContext.instance} any more.`,
      );
    }
    const changed = await change(offboarding, draft);
    if (changed === null) return null;
    written = changed.documents ?? [];
    const { lease } = changed.case;
    if (lease === null) return changed;
    const renewed = { ...lease, until: formatTime(Date.now() + held.lasts) };
    return { ...changed, case: { ...changed.case, lease: renewed } };
  });
  if (written !== null) held.onChange?.(after, written);
  return after;
}

/** Releases the lease, so that another instance need not wait until it runs out. */
export async function releaseLease(caseContext: CaseContext, held: HeldLease): Promise<void> {
  await changeAsHolder(caseContext, held, async (offboarding) => ({
    case: { ...offboarding, lease: null },
    facts: [],
  })).catch((error: unknown) => {
    if (!(error instanceof LeaseLost)) throw error;
  });
}
