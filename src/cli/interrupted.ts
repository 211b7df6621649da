/** Signals that ask a process to stop, and what a shell gives for one that did: 128 and the signal's number. */
const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/** The exit code of work that Ctrl-C stopped, and of a question that was left with it. */
export const INTERRUPTED = SIGNALS.SIGINT;

/** The work was stopped by a signal, such as Ctrl-C. The message says how far it came. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(
    message: string,
    readonly exitCode: number,
  ) {
    super(message);
  }
}

/**
 * Lets work be stopped: the signal that is given to it aborts, with {@link Interrupted} as its reason, at the
 * first Ctrl-C. A second one ends the process at once.
 */
export async function interruptible<T>(
  message: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const handlers = Object.entries(SIGNALS).map(([signal, exitCode]) => {
    const stop = () => controller.abort(new Interrupted(message, exitCode));
    process.once(signal, stop);
    return () => process.off(signal, stop);
  });
  try {
    return await work(controller.signal);
  } finally {
    for (const forget of handlers) forget();
  }
}
