import { setTimeout as wait } from 'node:timers/promises';
import type { Case } from '../../offboarding/case/case.js';
import { isSettled } from '../../offboarding/case/case-action.js';
import { actionsOf, requireCase } from '../../offboarding/case/case-documents.js';
import { runCase } from '../../offboarding/execute/run-case.js';
import type { Context } from '../context.js';
import { interruptible } from '../interrupted.js';
import { type Progress, progressOf } from '../progress.js';
import type { Session } from '../session.js';
import { shortId } from './desk.js';

/** Up to which wait for a next attempt this process stays, in milliseconds: longer than that, somebody comes back. */
const STAY = 30_000;

/** How often is looked whether another instance that carries the case out is done, in milliseconds. */
const LOOK = 500;

/**
 * Carries a case out in this process, until it has ended or waits for something that takes long. Ctrl-C stops
 * between two steps, or while a source is asked.
 *
 * @throws Interrupted, which says how to go on
 */
export async function carryOut(context: Context, session: Session, id: string): Promise<Case> {
  const words = `Stopped: nothing is lost or done twice; go on with \`tendril offboard resume ${shortId({ id })}\``;
  const progress = await progressOf(context, 'Carrying out');
  try {
    return await interruptible(`${words}.`, (signal) => untilItRests(session, id, signal, progress));
  } finally {
    progress.stop();
  }
}

async function untilItRests(
  session: Session,
  id: string,
  signal: AbortSignal,
  progress: Progress,
): Promise<Case> {
  const { caseContext } = session;
  const show = () => void tell(session, id, progress).catch(() => {});
  for (;;) {
    const ran = await runCase(caseContext, id, { signal, onStep: show });
    signal.throwIfAborted();
    const one = ran ?? (await requireCase(caseContext.store.journal, id));
    const pause = pauseBefore(one, session);
    if (pause === null) return one;
    await tell(session, id, progress);
    await wait(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** How long to wait until the case can go on; null where it has ended, or waits for longer than anybody would. */
function pauseBefore(one: Case, { caseContext, config }: Session): number | null {
  // Another instance has it; it lets go when it is done, or its right runs out when it is dead.
  if (one.state === 'EXECUTING') return LOOK;
  if (one.state !== 'WAITING' || one.wakeAt === null || config.clock !== null) return null;
  const left = Date.parse(one.wakeAt) - caseContext.clock.now();
  return left > STAY ? null : Math.max(left, 1);
}

/** How many of a case's actions are over, for whoever watches. */
async function tell({ store }: Session, id: string, progress: Progress): Promise<void> {
  const actions = await actionsOf(store.journal, id);
  const done = actions.filter(isSettled).length;
  const at = actions.find(({ state }) => state === 'RUNNING');
  progress.update(
    done,
    actions.length,
    `${done} of ${actions.length}${at === undefined ? '' : `  ${at.action.id}`}`,
  );
}
