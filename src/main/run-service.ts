import { readConfig } from '../config.js';
import { processExitOf } from './exit-codes.js';
import { serve } from './serve.js';
import { shutdownSignal } from './shutdown-signal.js';

/**
 * Runs the service until it is told to stop (SIGINT, SIGTERM). What keeps it from starting is one sentence on
 * stderr and an exit code; only a defect of ours shows its stack.
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
    const ending = processExitOf(error);
    if (ending === undefined) throw error;
    // Whatever is still open to a store that says nothing would keep the process.
    process.stderr.write(`${ending.sentence}\n`, () => process.exit(ending.code));
  }
}
