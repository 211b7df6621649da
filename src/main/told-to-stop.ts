/**
 * Settles when the process is told to stop (SIGINT, SIGTERM). It listens from when it is called: whoever calls it
 * before the service starts loses no signal. A second one, whichever, ends the process as usual.
 */
export function toldToStop(): Promise<void> {
  return new Promise((resolve) => {
    const told = () => {
      process.off('SIGINT', told).off('SIGTERM', told);
      resolve();
    };
    process.on('SIGINT', told).on('SIGTERM', told);
  });
}
