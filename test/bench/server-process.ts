import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** A server in a process of its own, so that it does not share its turn with whoever asks. */
export interface ServerProcess {
  readonly url: string;
  /** All that it printed until it listened. */
  readonly announced: string;
  stop(): Promise<void>;
}

const URL_PRINTED = /http:\/\/[\w.:[\]]+/;

/**
 * Starts a program that prints its address when it listens, and a line `until` after it. Its log goes to a file,
 * as a service's does.
 *
 * @throws Error, with the end of the log, when it ends before
 */
export async function startServer(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  until: RegExp,
  logPath: string,
): Promise<ServerProcess> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('TENDRIL_'));
  const log = openSync(logPath, 'a');
  const child = spawn(process.execPath, args, {
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', log],
  });
  closeSync(log);
  // Also when this process is told to stop in the middle.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  const announced = await outputUntil(child, until, logPath);
  return {
    url: URL_PRINTED.exec(announced)?.[0] ?? '',
    announced,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function outputUntil(child: ChildProcess, until: RegExp, logPath: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (until.test(text)) resolve(text);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      const said = readFileSync(logPath, 'utf8').slice(-2000);
      reject(new Error(`A server ended with ${code} before it listened: ${said}`));
    });
  });
}
