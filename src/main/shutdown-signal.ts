/**
 * Resolves when the process receives SIGINT or SIGTERM. It listens from the moment it is called, so call it before the
 * service starts: then no signal is lost. A second signal ends the process as usual.
 */
export function shutdownSignal(): Promise<void> {
  return new Promise((resolve) => {
    const received = () => {
      process.off('SIGINT', received).off('SIGTERM', received);
      resolve();
    };
    process.on('SIGINT', received).on('SIGTERM', received);
  });
}
