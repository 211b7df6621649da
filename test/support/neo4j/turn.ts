import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { testServer } from './place.js';

/** Milliseconds between two tries. */
const STEP = 40;

/** Whether this process had the turn last, as far as it knows. */
let hadIt = false;

/**
 * Waits until no other test uses the server, which has one database for all of them. Test files run side by side
 * in processes of their own, so what they take turns by is a file. Whoever had the last turn lets another go first:
 * a file of many short tests would else keep one of the other process out for as long as it runs.
 *
 * @returns what ends the turn.
 */
export async function takeTurn(): Promise<() => void> {
  const name = createHash('sha256').update(testServer().uri).digest('hex').slice(0, 16);
  const path = join(tmpdir(), `tendril-neo4j-${name}.turn`);
  const wish = `${path}.${process.pid}`;
  writeFileSync(wish, '');
  try {
    if (hadIt && isWanted(`tendril-neo4j-${name}.turn`)) await sleep(5 * STEP);
    while (!isTaken(path)) await sleep(STEP);
  } finally {
    rmSync(wish, { force: true });
  }
  hadIt = true;
  return () => rmSync(path, { force: true });
}

/** Takes the turn where nobody has it. */
function isTaken(path: string): boolean {
  try {
    const file = openSync(path, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (isAbandoned(path)) rmSync(path, { force: true });
    return false;
  }
}

/** Whether another process waits for the turn. */
function isWanted(turn: string): boolean {
  const own = `${turn}.${process.pid}`;
  return readdirSync(tmpdir()).some((name) => name.startsWith(`${turn}.`) && name !== own);
}

/** Whether the process that has the turn has died. */
function isAbandoned(path: string): boolean {
  try {
    const holder = Number(readFileSync(path, 'utf8'));
    if (holder > 0) process.kill(holder, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
