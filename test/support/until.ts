import { setTimeout as sleep } from 'node:timers/promises';

/** How long something may take to come about, in milliseconds: less than a test has, which then could not say why. */
const PATIENCE = 100_000;
/** Between two looks, in milliseconds. */
const PAUSE = 20;

/**
 * Looks again and again until what is seen is right, and gives that.
 *
 * @throws Error with what was seen last, where it does not come to that
 */
export async function until<T>(look: () => T | Promise<T>, isRight: (seen: T) => boolean): Promise<T> {
  const began = performance.now();
  for (;;) {
    const seen = await look();
    if (isRight(seen)) return seen;
    if (performance.now() - began > PATIENCE) {
      throw new Error(`It never came to that. It was: ${JSON.stringify(seen)}`);
    }
    await sleep(PAUSE);
  }
}

/** Looks again and again until something is so. @throws Error where that does not come about */
export async function untilSo(isSo: () => boolean | Promise<boolean>): Promise<void> {
  await until(isSo, (so) => so);
}
