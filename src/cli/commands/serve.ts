import type { Command } from 'commander';
import { shutdownSignal } from '../../client/local/shutdown-signal.js';
import { readConfig } from '../../config.js';
import { type Context, printJson } from '../context.js';

export function addServe(program: Command, context: Context): void {
  program
    .command('serve')
    .summary('open the store and listen, until Ctrl-C')
    .description(
      'Opens the store, loads the demo company if it is empty, and serves GraphQL until it is told to stop.',
    )
    .addHelpText(
      'after',
      `
Examples:
  $ tendril serve
  $ TENDRIL_PORT=8080 TENDRIL_TOKENS=tokens.json TENDRIL_DEMO=off tendril serve`,
    )
    .action(() => listen(context));
}

/** With `--json`, where it listens and the tokens of this start are one JSON value, told once. */
async function listen(context: Context): Promise<void> {
  const config = readConfig(context.environment);
  const stop = shutdownSignal();
  const { serve } = await import('../../client/local/serve.js');
  const serving = await serve(config, context.json ? () => {} : (line) => context.print(`${line}\n`));
  if (context.json) printJson(context, { url: serving.url, tokens: serving.tokens });
  await stop;
  await serving.stop();
  // Traces that the collector does not take are sent again for a while; the process does not wait for them.
  process.exit(context.exitCode);
}
