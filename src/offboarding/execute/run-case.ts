import { TendrilError } from '../../model/errors.js';
import { formatTime } from '../../model/time.js';
import type { DocumentWrite } from '../../store/journal.js';
import type { Case } from '../case/case.js';
import type { CaseAction } from '../case/case-action.js';
import { actionDocument, actionsIn, actionsOf, planOf, requireCase } from '../case/case-documents.js';
import { stateAfter } from '../case/case-states.js';
import { caseFact } from '../case/change-case.js';
import type { CaseContext } from '../case-context.js';
import { act } from './act.js';
import { actorOf } from './action-events.js';
import { changeAsHolder, type HeldLease, LeaseLost, releaseLease, takeLease } from './case-lease.js';
import { finish } from './finish.js';
import { EXECUTION_LIMITS, type ExecutionLimits } from './limits.js';
import { type CaseStep, nextStep } from './next-step.js';
import { recordRefused } from './record-outcome.js';
import { guardRolledBack } from './rollback-guard.js';
import type { Run } from './run.js';
import { settledIn } from './settle-shown.js';
import { shownDone } from './shown-done.js';
import { endCancelled, planUndoing } from './undo.js';

/** Options of a run. */
export interface RunOptions {
  readonly limits?: Partial<ExecutionLimits>;
  /** Stops the run between two steps, or while a source is asked. The lease is released then. */
  readonly signal?: AbortSignal;
  /** 0 to 1, for waits. */
  readonly random?: () => number;
  /** Called after every step. */
  readonly onStep?: (step: CaseStep['step']) => void;
}

/**
 * Runs a case until it waits, has ended, or is stopped by the signal. Each step is recorded before the next one
 * begins, so that nothing is done twice when another run continues after a stop.
 *
 * @returns the case after the run; null where there is nothing to run, or another instance runs it
 * @throws UNAVAILABLE where the store does not answer; the case goes on when it is taken again
 */
export async function runCase(
  caseContext: CaseContext,
  id: string,
  options: RunOptions = {},
): Promise<Case | null> {
  const limits = { ...EXECUTION_LIMITS, ...options.limits };
  const held = await takeLease(caseContext, id, limits.lease);
  if (held === null) return null;
  try {
    const run = await open(caseContext, held, limits, options);
    for (;;) {
      options.signal?.throwIfAborted();
      await refresh(run);
      const step = await guardRolledBack(
        run,
        nextStep(run.offboarding, run.plan.body, run.actions, caseContext.clock.now()),
      );
      if (await perform(run, step)) return await requireCase(caseContext.store.journal, id);
      options.onStep?.(step.step);
    }
  } catch (error) {
    return await stopped(caseContext, held, error, limits, options.signal);
  }
}

async function open(
  caseContext: CaseContext,
  held: HeldLease,
  limits: ExecutionLimits,
  { random = Math.random, signal = new AbortController().signal }: RunOptions,
): Promise<Run> {
  const offboarding = await requireCase(caseContext.store.journal, held.case);
  const plan = await planOf(caseContext.store.journal, offboarding);
  const onChange: HeldLease['onChange'] = (after, written) => note(run, after, written);
  const run: Run = {
    ...{ caseContext, limits, random, signal, plan, offboarding },
    held: { ...held, onChange },
    actions: [],
    known: -1,
    commits: 0,
    safe: null,
    swept: 0,
    missed: 0,
    seen: -1,
  };
  return run;
}

/** Keeps what the run itself has written, so that it is not read again: a case may have thousands of actions. */
function note(run: Run, after: Case, written: readonly DocumentWrite[]): void {
  run.commits += 1;
  if (after.changes !== run.known + 1) return;
  for (const action of actionsIn(written)) {
    // Positions are indices of the list; new actions come at its end.
    if (action.position > run.actions.length) return;
    run.actions[action.position] = action;
  }
  run.known = after.changes;
}

/** Reads again what others may have changed: people attest and waive, and sources call back. */
async function refresh(run: Run): Promise<void> {
  const { journal } = run.caseContext.store;
  const { revision } = await run.caseContext.store.head();
  if (revision === run.seen) return;
  run.offboarding = await requireCase(journal, run.held.case);
  if (run.offboarding.changes !== run.known) {
    run.actions = await actionsOf(journal, run.held.case);
    run.known = run.offboarding.changes;
  }
  run.seen = revision;
}

/** Does one step; true where the run is over. */
async function perform(run: Run, step: CaseStep): Promise<boolean> {
  switch (step.step) {
    case 'BEGIN_PHASE':
      await beginPhase(run, step.phase);
      return false;
    case 'ACT':
      await act(run, step.action);
      return false;
    case 'GIVE_UP':
      await giveUp(run, step.action, step.because);
      return false;
    case 'UNDO':
      await planUndoing(run);
      return false;
    case 'END_CANCELLED':
      return endCancelled(run);
    case 'FINISH':
      return finish(run);
    case 'WAIT':
      return (await settle(run)) ? false : park(run, step);
  }
}

async function beginPhase({ caseContext, held }: Run, phase: Case['begun'][number]): Promise<void> {
  await changeAsHolder(caseContext, held, async (offboarding) => {
    // If the case was cancelled in the meantime, only phase 2 may begin: the cancellation promised that.
    if (offboarding.cancelled !== null && phase !== 2) return null;
    return {
      case: { ...offboarding, begun: [...offboarding.begun, phase], heldSince: null },
      facts: [caseFact('PHASE_BEGUN', actorOf(offboarding), offboarding, { after: { phase } })],
    };
  });
}

async function giveUp({ caseContext, held, known }: Run, action: CaseAction, because: string): Promise<void> {
  await changeAsHolder(caseContext, held, async (offboarding) => {
    // Somebody may have waived the action in the meantime.
    if (offboarding.changes !== known) return null;
    const outcome = recordRefused(caseContext, actorOf(offboarding), offboarding, action, because);
    return { case: offboarding, documents: [actionDocument(outcome.action)], facts: outcome.facts };
  });
}

/** Records what sources show as done already, so that nobody is asked for it; whether there was any. */
async function settle({ caseContext, held, actions, known, offboarding }: Run): Promise<boolean> {
  if (offboarding.cancelled !== null) return false;
  const found = await shownDone(caseContext.store, actions);
  if (found.length === 0) return false;
  await changeAsHolder(caseContext, held, async (now, draft) =>
    now.changes === known ? settledIn(caseContext, now, draft, found) : null,
  );
  return true;
}

/** Lets the case wait, unless it has changed in the meantime: then it may not have to wait any more. */
async function park(run: Run, step: Extract<CaseStep, { step: 'WAIT' }>): Promise<boolean> {
  const { until, because, rollbackFound = false } = step;
  const { caseContext, held, known } = run;
  let parked = false;
  await changeAsHolder(caseContext, held, async (offboarding) => {
    if (offboarding.changes !== known) return null;
    parked = true;
    const heldSince = rollbackFound ? (offboarding.heldSince ?? formatTime(caseContext.clock.now())) : null;
    return {
      case: {
        ...offboarding,
        state: stateAfter('WAIT', offboarding.state),
        lease: null,
        wakeAt: until,
        because,
        heldSince,
      },
      facts: [
        caseFact('CASE_WAITING', actorOf(offboarding), offboarding, {
          before: { state: offboarding.state },
          after: { state: 'WAITING', until, because },
        }),
      ],
    };
  });
  return parked;
}

/**
 * Handles an error that ends a run. If the store does not answer, nothing can be written and the lease runs out. Any
 * other unexpected error is written to the case, which is tried again later.
 */
async function stopped(
  caseContext: CaseContext,
  held: HeldLease,
  error: unknown,
  limits: ExecutionLimits,
  signal: AbortSignal | undefined,
): Promise<Case | null> {
  if (error instanceof LeaseLost) return null;
  if (signal?.aborted === true && error === signal.reason) {
    await releaseLease(caseContext, held);
    return requireCase(caseContext.store.journal, held.case);
  }
  if (error instanceof TendrilError && (error.code === 'UNAVAILABLE' || error.code === 'CONFLICT'))
    throw error;
  const why =
    error instanceof TendrilError ? error.message : 'Something unexpected went wrong; the log has it.';
  const until = formatTime(caseContext.clock.now() + limits.retryAfterFailure);
  await changeAsHolder(caseContext, held, async (offboarding) => ({
    case: {
      ...offboarding,
      state: stateAfter('WAIT', offboarding.state),
      lease: null,
      wakeAt: until,
      because: why,
    },
    facts: [
      caseFact('CASE_FAILED', actorOf(offboarding), offboarding, {
        before: { state: offboarding.state },
        after: { state: 'WAITING', until, because: why },
      }),
    ],
  }));
  throw error;
}
