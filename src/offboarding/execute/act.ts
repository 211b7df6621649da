import { withDeadline } from '../../async/with-deadline.js';
import { formatTime } from '../../model/time.js';
import type { Answer } from '../../sources/actuator.js';
import { type CaseAction, isSettled } from '../case/case-action.js';
import { actionDocument, actionsAt } from '../case/case-documents.js';
import type { CaseContext } from '../case-context.js';
import { actionFact, actorOf, INTENT_EVENT } from './action-events.js';
import { orderDocument } from './by-key.js';
import { changeAsHolder, type HeldLease } from './case-lease.js';
import type { ExecutionLimits } from './limits.js';
import { orderOf } from './order-of.js';
import { recordAnswer } from './record-outcome.js';
import type { Run } from './run.js';

/**
 * Does one action: asks the source to which it belongs, and records what came of it together with what it changes.
 * Before anything outside is asked, that it will be is recorded; once, so that after a crash the same is asked for
 * again under the same key.
 */
export async function act(
  { caseContext, held, limits, random, signal }: Run,
  action: CaseAction,
): Promise<void> {
  if (action.action.kind === 'SET_HUMAN_STATUS')
    return record(caseContext, held, action, OWN_RECORD, limits, random());
  const order = await orderOf(caseContext, action);
  const actuator = caseContext.actuators.of(order.source);
  if (actuator.reachesOut && action.requestedAt === null && !(await intend(caseContext, held, action)))
    return;
  const answer = await ask((until) => actuator.act(order, until), limits, signal);
  await record(caseContext, held, action, answer, limits, random());
}

/** That a person leaves or has left is ours to say: no source is asked, and our own store shows it. */
const OWN_RECORD: Answer = {
  outcome: 'DONE',
  proof: 'OBSERVED',
  reference: null,
  already: false,
  externalId: null,
};

/** @returns whether it is still to be asked for: somebody may have waived it just now, and it is not done then */
async function intend(caseContext: CaseContext, held: HeldLease, action: CaseAction): Promise<boolean> {
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
 * The answer of a source; that it gave none in time, or that its connector failed, is one too. Whoever stops the run
 * does not wait for it: what was asked for is on record, and is asked for again under the same key.
 *
 * @throws the reason of the signal that stops the run
 */
async function ask(
  act: (until: AbortSignal) => Promise<Answer>,
  limits: ExecutionLimits,
  stop: AbortSignal,
): Promise<Answer> {
  const until = AbortSignal.any([stop, AbortSignal.timeout(limits.call)]);
  const onTimeout = (): Answer => {
    const why = `It gave no answer within ${limits.call / 1000} s.`;
    return { outcome: 'RETRY', why, after: null };
  };
  try {
    return await withDeadline(act(until), { millis: limits.call + LATE, onTimeout, signal: stop });
  } catch (error) {
    stop.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    return { outcome: 'RETRY', why: `It could not be asked: ${why}`, after: null };
  }
}

/** How long a connector may take to notice that its time is over, in milliseconds. */
const LATE = 500;

async function record(
  caseContext: CaseContext,
  held: HeldLease,
  action: CaseAction,
  answer: Answer,
  limits: ExecutionLimits,
  random: number,
): Promise<void> {
  await changeAsHolder(caseContext, held, async (offboarding, draft) => {
    const now = await asItStands(caseContext, action);
    // A person attested or waived it, or its source called back, while it was asked: that word holds.
    if (isSettled(now)) return null;
    const outcome = await recordAnswer(
      caseContext,
      draft,
      actorOf(offboarding),
      offboarding,
      now,
      answer,
      limits,
      random,
    );
    return { case: offboarding, documents: [actionDocument(outcome.action)], facts: outcome.facts };
  });
}

async function asItStands(caseContext: CaseContext, { case: id, position }: CaseAction): Promise<CaseAction> {
  const [found] = await actionsAt(caseContext.store.journal, id, [position]);
  if (found === undefined) throw new Error(`The case ${id} has no action ${position}.`);
  return found;
}
