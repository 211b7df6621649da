/** What ends the waiting for work before the work itself ends. */
export interface Deadline<L> {
  /** The longest time to wait, in milliseconds; undefined: there is no limit. */
  readonly millis?: number | undefined;
  /** Gives what the waiting ends with when that time is over, or throws it. Left out: undefined. */
  readonly onTimeout?: () => L;
  /** Whether the process stays alive until that time if nothing else keeps it alive. Left out: it does. */
  readonly keepsAlive?: boolean;
  /** Ends the waiting with its reason as an error when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits for work until a deadline. The work goes on after it; its result, or the error it ends with then, is ignored.
 *
 * @throws what the work or `onTimeout` throws; the reason of the signal
 */
export async function withDeadline<T, L = never>(
  work: Promise<T>,
  { millis, onTimeout, keepsAlive = true, signal }: Deadline<L>,
): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  let abort = () => {};
  const over = new Promise<L>((resolve, reject) => {
    if (millis !== undefined) {
      timer = setTimeout(() => {
        try {
          resolve(onTimeout?.() as L);
        } catch (error) {
          reject(error);
        }
      }, millis);
      if (!keepsAlive) timer.unref();
    }
    abort = () => reject(signal?.reason);
    if (signal?.aborted) abort();
    else signal?.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}
