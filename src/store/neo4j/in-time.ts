/**
 * Ends the waiting for work that takes too long. The work itself cannot be ended: it asks `wanted` before each
 * step, which throws once nobody waits any more.
 *
 * @param millis how long it is waited
 * @param late the error that the waiting then ends with
 * @param stop ends it earlier, with its reason
 */
export async function inTime<T>(
  millis: number,
  work: (wanted: () => void) => Promise<T>,
  late: () => Error,
  stop?: AbortSignal,
): Promise<T> {
  let over = false;
  let timer: NodeJS.Timeout | undefined;
  let stopped = () => {};
  const lateness = new Promise<never>((_, reject) => {
    const end = (error: unknown) => {
      over = true;
      reject(error);
    };
    timer = setTimeout(() => end(late()), millis);
    stopped = () => end(stop?.reason);
    stop?.addEventListener('abort', stopped, { once: true });
  });
  const working = work(() => {
    if (over) throw late();
  });
  // What it fails with later, nobody hears.
  working.catch(() => {});
  try {
    return await Promise.race([working, lateness]);
  } finally {
    clearTimeout(timer);
    stop?.removeEventListener('abort', stopped);
  }
}
