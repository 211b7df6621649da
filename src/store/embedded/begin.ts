import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from './connection.js';

/** Milliseconds between two tries; some spread, so that two waiting processes do not keep step. */
const STEP = 10;
const SPREAD = 40;

/**
 * Becomes the one writer over all processes. SQLite's own lock is what keeps them apart: the kernel lets go of
 * it when the process dies. Waiting does not hold up the event loop.
 *
 * @param deadline of `performance.now()`. Gives false when another process still writes then.
 */
export async function beginWriting(connection: Connection, deadline: number): Promise<boolean> {
  while (!connection.tryBegin()) {
    const left = deadline - performance.now();
    if (left <= 0) return false;
    await sleep(Math.min(left, STEP + Math.random() * SPREAD));
  }
  return true;
}
