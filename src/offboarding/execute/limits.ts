import type { Millis } from '../../model/time.js';

/** Limits of carrying out cases. Times are milliseconds. */
export interface ExecutionLimits {
  /** How often an action is tried before it counts as refused. */
  readonly attempts: number;
  /** The wait after the first attempt that did not work; it doubles with each, up to `longestWait`. */
  readonly firstWait: Millis;
  readonly longestWait: Millis;
  /** The longest wait that a source may ask for. */
  readonly longestRequestedWait: Millis;
  /** How long a source may take to answer one call. */
  readonly callTimeout: Millis;
  /** How long a source that has begun may take to call back, before it is asked again. */
  readonly callBack: Millis;
  /** How long a case waits before it looks again whether workloads are still rolled back. */
  readonly rollbackLook: Millis;
  /** How long the right to run a case lasts when it is not renewed; every step renews it. */
  readonly lease: Millis;
  /** How often a runner looks for cases. */
  readonly pollInterval: Millis;
  /** How many cases one instance carries out at the same time. */
  readonly atOnce: number;
  /** How many sweeps one run makes before the case ends INCOMPLETE. */
  readonly sweeps: number;
  /** After how long a case that met an unexpected failure is tried again. */
  readonly retryAfterFailure: Millis;
  /** After how long a case is tried again whose run ended because the store did not answer. */
  readonly retryAfterStoreLoss: Millis;
}

/** The default limits. A lease is longer than the longest call. */
export const EXECUTION_LIMITS: ExecutionLimits = {
  attempts: 8,
  firstWait: 1_000,
  longestWait: 300_000,
  longestRequestedWait: 86_400_000,
  callTimeout: 20_000,
  callBack: 3_600_000,
  rollbackLook: 3_600_000,
  lease: 60_000,
  pollInterval: 1_000,
  atOnce: 4,
  sweeps: 20,
  retryAfterFailure: 60_000,
  retryAfterStoreLoss: 5_000,
};

/**
 * How long to wait after an attempt: exponential backoff with jitter, so that many actions that failed together are
 * not retried together.
 *
 * @param attempt how many there have been, from 1
 * @param random 0 to 1
 */
export function waitAfter(attempt: number, limits: ExecutionLimits, random: number): Millis {
  const most = Math.min(limits.longestWait, limits.firstWait * 2 ** (attempt - 1));
  return Math.round(most * (0.5 + random / 2));
}
