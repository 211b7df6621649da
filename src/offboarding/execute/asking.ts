import { withDeadline } from '../../async/with-deadline.js';
import { formatTime } from '../../model/time.js';
import type { Answer } from '../../sources/actuator.js';
import { type CaseAction, isSettled } from '../case/case-action.js';
import { actionDocument, actionsAt } from '../case/case-documents.js';
import type { CaseContext } from '../case-context.js';
import { actionFact, actorOf, INTENT_EVENT } from './action-events.js';
import { orderDocument } from './by-key.js';
import { changeAsHolder } from './case-lease.js';
import { recordAnswer } from './record-outcome.js';
import type { Run } from './run.js';

// The three parts of every action: its intent is recorded, its source is asked, and the answer is recorded.

/**
 * Records the intent of an action.
 *
 * @returns false where the action has got an outcome in the meantime, for example by a waiver: its source is not asked
 */
export async function intend({ caseContext, held }: Run, action: CaseAction): Promise<boolean> {
  let wanted = true;
  await changeAsHolder(caseContext, held, async (offboarding) => {
    const now = await asItStands(caseContext, action);
    wanted = !isSettled(now);
    if (now.requestedAt !== null || !wanted) return null;
    const running: CaseAction = {
      ...now,
      state: 'RUNNING',
      requestedAt: formatTime(caseContext.clock.now()),
    };
    return {
      case: offboarding,
      documents: [actionDocument(running), orderDocument(running)],
      facts: [actionFact(INTENT_EVENT, actorOf(offboarding), offboarding, [now, running])],
    };
  });
  return wanted;
}

/**
 * Asks a source and returns its answer. A source that does not answer in time, or whose connector fails, counts as
 * one that answered RETRY. A stop of the run does not wait for the answer: the intent is recorded, and the next run
 * asks again under the same key.
 *
 * @throws the reason of the signal that stops the run
 */
export async function ask(
  { limits, signal: stop }: Run,
  act: (until: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  stop.throwIfAborted();
  const until = AbortSignal.any([stop, AbortSignal.timeout(limits.callTimeout)]);
  const onTimeout = (): Answer => {
    const why = `It gave no answer within ${limits.callTimeout / 1000} s.`;
    return { outcome: 'RETRY', why, after: null };
  };
  try {
    return await withDeadline(act(until), { millis: limits.callTimeout + LATE, onTimeout, signal: stop });
  } catch (error) {
    stop.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    return { outcome: 'RETRY', why: `It could not be asked: ${why}`, after: null };
  }
}

/** How long a connector may take to react to its deadline, in milliseconds. */
const LATE = 500;

/** Records the answer of a source, with the changes of the graph. */
export async function record(run: Run, action: CaseAction, answer: Answer): Promise<void> {
  const { caseContext, held, limits, random } = run;
  await changeAsHolder(caseContext, held, async (offboarding, draft) => {
    const now = await asItStands(caseContext, action);
    // An outcome that was recorded while the source was asked holds: an attestation, a waiver or a call back.
    if (isSettled(now)) return null;
    const actor = actorOf(offboarding);
    const outcome = await recordAnswer(caseContext, draft, actor, offboarding, now, answer, limits, random());
    return { case: offboarding, documents: [actionDocument(outcome.action)], facts: outcome.facts };
  });
}

/** An action as it is recorded now. */
export async function asItStands(
  caseContext: CaseContext,
  { case: id, position }: CaseAction,
): Promise<CaseAction> {
  const [found] = await actionsAt(caseContext.store.journal, id, [position]);
  if (found === undefined) throw new Error(`The case ${id} has no action ${position}.`);
  return found;
}
