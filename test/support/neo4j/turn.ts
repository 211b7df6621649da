import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { testServer } from './place.js';

/** Milliseconds between two tries. */
const STEP = 40;

/**
 * Waits until no other test uses the server, which has one database for all of them. Test files run side by side
 * in processes of their own, so what they take turns by is a file.
 *
 * @returns what ends the turn.
 */
export async function takeTurn(): Promise<() => void> {
  const name = createHash('sha256').update(testServer().uri).digest('hex').slice(0, 16);
  const path = join(tmpdir(), `tendril-neo4j-${name}.turn`);
  for (;;) {
    try {
      const file = openSync(path, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (isAbandoned(path)) rmSync(path, { force: true });
      await sleep(STEP);
    }
  }
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
