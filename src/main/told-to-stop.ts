/**
 * Settles when the process is told to stop (SIGINT, SIGTERM). It listens from when it is called: whoever calls it
 * before the service starts loses no signal. A second one ends the process as usual.
 */
export function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
