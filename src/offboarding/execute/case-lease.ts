import { formatTime, type Millis } from '../../model/time.js';
import type { Draft } from '../../store/draft.js';
import type { DocumentWrite } from '../../store/journal.js';
import type { Case } from '../case/case.js';
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
  /** Hears of every change that the holder has made: the case after it, and what was written with it. */
  readonly onChange?: (offboarding: Case, written: readonly DocumentWrite[]) => void;
}

/** Another instance runs the case now, or nobody is to run it any more: whoever thought it did writes nothing. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/**
 * Takes the right to run a case: of an EXECUTING one that nobody runs, or whose runner has not been heard of, and
 * of one whose time to be looked at has come. Leases are about processes, so that they go by the real time, also
 * where the clock of the graph stands still.
 *
 * @returns null where there is nothing to run, or another instance runs it.
 */
export async function takeLease(
  caseContext: CaseContext,
  id: string,
  lasts: Millis,
): Promise<HeldLease | null> {
  let held: HeldLease | null = null;
  await changeCase(caseContext, id, async (offboarding) => {
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
  });
  return held;
}

/**
 * Whether a case waits for this instance to run it. Each runs a case once at a time: what is held in its own name
 * while it asks is left of a run that ended when the store could not be told.
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
 * Changes a case as the one who runs it, and renews the lease by that.
 *
 * @throws LeaseLost where another instance has taken it meanwhile, or the case is not to be run any more.
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

/** Gives the right back, so that another instance need not wait for it to run out. */
export async function releaseLease(caseContext: CaseContext, held: HeldLease): Promise<void> {
  await changeAsHolder(caseContext, held, async (offboarding) => ({
    case: { ...offboarding, lease: null },
    facts: [],
  })).catch((error: unknown) => {
    if (!(error instanceof LeaseLost)) throw error;
  });
}
