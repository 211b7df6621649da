import { readConfig } from '../config.js';
import { processExitOf } from './exit-codes.js';
import { serve } from './serve.js';
import { shutdownSignal } from './shutdown-signal.js';

/**
 * Runs the service until SIGINT or SIGTERM. Where it cannot start, it prints one sentence to stderr and ends with an exit
 * code; only a defect of the program shows its stack.
 */
export async function runService(environment: NodeJS.ProcessEnv): Promise<void> {
  try {
    const shutdown = shutdownSignal();
    const serving = await serve(readConfig(environment), (line) => process.stdout.write(`${line}\n`));
    void shutdown.then(() =>
      serving.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      ),
    );
  } catch (error) {
    const exit = processExitOf(error);
    if (exit === undefined) throw error;
    // The process is ended explicitly: an open connection to a store that does not answer would keep it alive.
    process.stderr.write(`${exit.sentence}\n`, () => process.exit(exit.code));
  }
}
