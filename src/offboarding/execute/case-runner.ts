import { TendrilError } from '../../model/errors.js';
import type { Millis } from '../../model/time.js';
import type { Case } from '../case/case.js';
import { isOfAnotherClock, whyLeftAlone } from '../case/case-clock.js';
import { casesGoingOn } from '../case/cases-going-on.js';
import type { CaseContext } from '../case-context.js';
import { isToRun } from './case-lease.js';
import { EXECUTION_LIMITS, type ExecutionLimits } from './limits.js';
import { earliest } from './next-step.js';
import { type RunOptions, runCase } from './run-case.js';
import { settleShown } from './settle-shown.js';

/** The log of a runner, for operators. */
export interface RunnerLog {
  error(about: object, message: string): void;
}

/**
 * Carries out the cases of a store, as one of any number of instances. It takes cases that no instance runs and
 * cases whose time has come, several at once, and continues what another instance left when it died.
 */
export class CaseRunner {
  private readonly limits: ExecutionLimits;
  private readonly stopping = new AbortController();
  private readonly running = new Map<string, Promise<void>>();
  private readonly failedUntil = new Map<string, Millis>();
  private looking: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** Whether the last look failed. The failure is logged already. */
  private lost = false;
  private readonly unreadable = new Set<string>();
  private readonly leftAlone = new Set<string>();
  /** The revision of the last look, and when to look next. Before either changes there is nothing new to run. */
  private seen = { revision: -1, look: 0 };

  constructor(
    private readonly caseContext: CaseContext,
    private readonly log: RunnerLog,
    private readonly options: Omit<RunOptions, 'signal'> = {},
  ) {
    this.limits = { ...EXECUTION_LIMITS, ...options.limits };
  }

  /** Begins to look for cases. This does not keep the process alive. */
  start(): void {
    this.timer = setInterval(() => this.nudge(), this.limits.pollInterval);
    this.timer.unref();
    this.nudge();
  }

  /** Looks for cases now, for example because one has just been executed. */
  nudge(): void {
    if (this.stopping.signal.aborted) return;
    this.looking ??= this.look().finally(() => {
      this.looking = undefined;
    });
  }

  /** Stops between two steps and releases the leases of the running cases. It may be called twice. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort(new Error('The service stops.'));
    await this.looking;
    await Promise.all(this.running.values());
  }

  private async look(): Promise<void> {
    try {
      const { revision } = await this.caseContext.store.head();
      const now = this.caseContext.clock.now();
      if (revision !== this.seen.revision || now >= this.seen.look) await this.lookAtCases(revision, now);
      this.lost = false;
    } catch (error) {
      // It looks every second. A store that is unavailable for an hour is logged once.
      if (!this.lost && !this.stopping.signal.aborted)
        this.log.error({ err: error }, 'cases cannot be looked for; it is tried until they can');
      this.lost = true;
    }
  }

  private async lookAtCases(revision: number, now: Millis): Promise<void> {
    const cases = await casesGoingOn(this.caseContext.store, this.logUnreadable);
    // What an import has shown while nobody looked. A case that goes on by that is seen at the next revision.
    await settleShown(this.caseContext, cases);
    let wake: string | null = null;
    let left = false;
    for (const offboarding of cases) {
      if (this.stopping.signal.aborted) return;
      if (isOfAnotherClock(this.caseContext, offboarding)) this.logLeftAlone(offboarding);
      else if (isToRun(offboarding, this.caseContext.instance, now, Date.now())) {
        const tooMany = this.running.size >= this.limits.atOnce;
        if (tooMany || !this.begin(offboarding.id)) left = true;
      } else if (offboarding.state === 'EXECUTING') left = true;
      else wake = earliest([wake, offboarding.wakeAt]);
    }
    // A case that runs elsewhere, or waits for its turn here, has to be looked at again although no state changes.
    this.seen = { revision, look: left ? 0 : wake === null ? Number.POSITIVE_INFINITY : Date.parse(wake) };
  }

  /** A case that cannot be read keeps no other from going on. It is logged once. */
  private readonly logUnreadable = (id: string, error: unknown): void => {
    if (this.unreadable.has(id)) return;
    this.unreadable.add(id);
    this.log.error({ err: error, case: id }, 'a case cannot be read; the others go on');
  };

  /** A case of another kind of clock is left alone, whatever its times say. It is logged once. */
  private logLeftAlone(offboarding: Case): void {
    if (this.leftAlone.has(offboarding.id)) return;
    this.leftAlone.add(offboarding.id);
    this.log.error({ case: offboarding.id }, whyLeftAlone(this.caseContext, offboarding));
  }

  private begin(id: string): boolean {
    if (this.running.has(id) || (this.failedUntil.get(id) ?? 0) > Date.now()) return false;
    const run = runCase(this.caseContext, id, { ...this.options, signal: this.stopping.signal })
      .then(
        () => void this.failedUntil.delete(id),
        (error: unknown) => {
          this.failedUntil.set(id, Date.now() + this.waitAfter(error));
          this.log.error({ err: error, case: id }, 'a case could not be carried on');
        },
      )
      .finally(() => {
        this.running.delete(id);
      });
    this.running.set(id, run);
    return true;
  }

  private waitAfter(error: unknown): Millis {
    const { retryAfterStoreLoss, retryAfterFailure } = this.limits;
    return error instanceof TendrilError && error.code === 'UNAVAILABLE'
      ? retryAfterStoreLoss
      : retryAfterFailure;
  }
}
