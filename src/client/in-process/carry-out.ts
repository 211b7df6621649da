import { setTimeout as wait } from 'node:timers/promises';
import type { Tendril } from '../../compose.js';
import type { Case } from '../../offboarding/case/case.js';
import { isSettled } from '../../offboarding/case/case-action.js';
import { actionsOf, requireCase } from '../../offboarding/case/case-documents.js';
import { runCase } from '../../offboarding/execute/run-case.js';
import type { Following } from '../client.js';

/** The longest wait for the next attempt for which this process stays, in milliseconds. */
const STAY = 30_000;

/** How often it looks whether another instance that carries the case out is done, in milliseconds. */
const LOOK = 500;

/** Carries a case out in this process, until it has ended or waits for something that takes long. */
export async function carryOut(
  tendril: Tendril,
  id: string,
  { signal, onProgress }: Following,
): Promise<void> {
  const { caseContext } = tendril;
  const tell = () => progressOf(tendril, id, onProgress);
  for (;;) {
    const ran = await runCase(caseContext, id, { signal, onStep: () => void tell().catch(() => {}) });
    signal.throwIfAborted();
    const pause = pauseBefore(ran ?? (await requireCase(caseContext.store.journal, id)), tendril);
    if (pause === null) return;
    await tell();
    await wait(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** How long to wait until the case can go on; null where it has ended, or waits for longer than {@link STAY}. */
function pauseBefore(offboarding: Case, { clock, config }: Tendril): number | null {
  // Another instance carries it out; its lease ends when it is done, or expires when it has died.
  if (offboarding.state === 'EXECUTING') return LOOK;
  if (offboarding.state !== 'WAITING' || offboarding.wakeAt === null || config.clock !== null) return null;
  const left = Date.parse(offboarding.wakeAt) - clock.now();
  return left > STAY ? null : Math.max(left, 1);
}

async function progressOf(
  { store }: Tendril,
  id: string,
  onProgress: Following['onProgress'],
): Promise<void> {
  if (onProgress === undefined) return;
  const actions = await actionsOf(store.journal, id);
  const running = actions.find(({ state }) => state === 'RUNNING');
  onProgress({
    done: actions.filter(isSettled).length,
    total: actions.length,
    running: running?.action.id ?? null,
  });
}
