import type { OwnServer } from './kept-process.js';

let running: OwnServer | undefined;

/** Keeps hold of the run's server, so that it ends with the run, also when that is interrupted. */
export function keep(server: OwnServer): OwnServer {
  running = server;
  process.once('exit', stopRunning);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      stopRunning();
      process.exit(130);
    });
  }
  return server;
}

/** Ends the server of this run, if there is one. */
export function stopRunning(): void {
  running?.stop();
  running = undefined;
}
