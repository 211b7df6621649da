import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { untilSo } from './until.js';

const KEEPER = new URL('./neo4j/keeper.js', import.meta.url).pathname;

/** As a test run is: it starts the keeper with a pipe, says that it has, and goes on for long. */
const RUN = `
  const { spawn } = require('node:child_process');
  spawn(process.execPath, [process.argv[1], process.argv[2]], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  setInterval(() => {}, 1000);
`;

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  'the server of a run that ends by %s ends with it, and leaves nothing',
  async (signal) => {
    const folder = mkdtempSync(join(tmpdir(), 'tendril-keeper-'));
    const command = [process.execPath, '-e', 'setInterval(() => {}, 1000)'];
    writeFileSync(join(folder, 'kept.json'), JSON.stringify({ command, folder }));
    const run = spawn(process.execPath, ['-e', RUN, KEEPER, folder], { stdio: 'ignore' });
    const file = join(folder, 'pid');
    await untilSo(() => existsSync(file) && readFileSync(file, 'utf8') !== '');
    const pid = Number(readFileSync(file, 'utf8'));
    expect(runs(pid)).toBe(true);
    run.kill(signal);
    await untilSo(() => !runs(pid) && !existsSync(folder));
  },
);
