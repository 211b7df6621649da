import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

/**
 * A process of its own between a test run and its server: it starts the server, and ends it when the pipe from
 * the run closes, which it does however the run ends, by SIGKILL too.
 */
export interface Kept {
  /** What runs the server in the foreground. */
  readonly command: readonly [string, ...string[]];
  /** What ends it where killing the command does not. */
  readonly end?: readonly [string, ...string[]];
  /** Where the server's process id is written; removed with all that is in it when the run is over. */
  readonly folder: string;
}

/** In this file of the folder, for the command may be too long for a command line. */
const [folder = ''] = process.argv.slice(2);
const { command, end } = JSON.parse(readFileSync(`${folder}/kept.json`, 'utf8')) as Kept;
const [program, ...words] = command;
const server = spawn(program, words, { stdio: ['ignore', 'inherit', 'inherit'] });
writeFileSync(`${folder}/pid`, String(server.pid ?? ''));
server.once('error', () => process.exit(1));
// A server that ended by itself, or that a test has killed, may be started again: its folder stays.
server.once('close', (code) => process.exit(code ?? 1));

process.stdin.resume();
process.stdin.once('close', () => {
  server.removeAllListeners('close');
  server.kill('SIGKILL');
  if (end !== undefined) spawnSync(end[0], end.slice(1));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit();
});
// A terminal sends Ctrl-C to every process; the run decides what comes of it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
