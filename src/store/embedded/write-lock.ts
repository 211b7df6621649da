import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from './connection.js';

/** Milliseconds between two attempts: random within a range, so that two waiting processes do not stay in step. */
const MIN_DELAY = 10;
const DELAY_RANGE = 40;

/**
 * Begins the transaction of the one writer over all processes. The lock is SQLite's own: the kernel releases it when
 * the process dies. Waiting does not block the event loop.
 *
 * @param deadline the end of the waiting, on the clock of `performance.now()`
 * @returns false where another process still writes at the deadline
 */
export async function acquireWriteLock(connection: Connection, deadline: number): Promise<boolean> {
  while (!connection.tryBegin()) {
    const left = deadline - performance.now();
    if (left <= 0) return false;
    await sleep(Math.min(left, MIN_DELAY + Math.random() * DELAY_RANGE));
  }
  return true;
}
