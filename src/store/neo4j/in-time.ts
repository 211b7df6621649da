/**
 * Ends the waiting for work that takes too long. The work itself cannot be ended: it asks `wanted` before each
 * step, which throws once nobody waits any more.
 *
 * @param millis how long it is waited
 * @param late the error that the waiting then ends with
 */
export async function inTime<T>(
  millis: number,
  work: (wanted: () => void) => Promise<T>,
  late: () => Error,
): Promise<T> {
  let over = false;
  let timer: NodeJS.Timeout | undefined;
  const lateness = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      over = true;
      reject(late());
    }, millis);
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
  }
}
