import { withDeadline } from '../../async/with-deadline.js';

/**
 * Waits for work until a deadline. The work itself cannot be ended: it calls `wanted` before each step, which throws
 * once the waiting has ended.
 *
 * @param millis the longest time to wait
 * @param late the error that the waiting ends with after that time
 * @param stop ends the waiting earlier, with its reason
 */
export async function inTime<T>(
  millis: number,
  work: (wanted: () => void) => Promise<T>,
  late: () => Error,
  stop?: AbortSignal,
): Promise<T> {
  let over = false;
  const working = work(() => {
    if (over) throw late();
  });
  const onTimeout = () => {
    throw late();
  };
  try {
    return await withDeadline(working, { millis, onTimeout, signal: stop });
  } catch (error) {
    over = true;
    throw error;
  }
}
