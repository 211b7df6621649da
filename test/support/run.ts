import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serverForRun } from './neo4j/for-run.js';
import { stopRunning } from './neo4j/running.js';
import { chooseTests } from './test-files.js';

/**
 * Runs every test, or those of the files and folders that are given (`npm test test/graph/radii/orphans.test.ts`), and ends
 * with the one line that machines read: `N passed, N failed`. A suite that cannot be loaded counts as a failure, and
 * so does a word that no test file matches. Where no Neo4j server can be had, the tests of Neo4j fail in CI, and are
 * left out elsewhere, as a line says.
 */
const root = fileURLToPath(new URL('../../../', import.meta.url));

interface Summary {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly numPendingTests: number;
}

const words = process.argv.slice(2);
const options = words.filter((word) => word.startsWith('-'));
const { patterns, unmatched } = chooseTests(root, words);
if (unmatched.length > 0) {
  for (const word of unmatched)
    console.error(`tests: no test file matches ${word}; name one as test/graph/radii/orphans.test.ts`);
  console.log(`0 passed, ${unmatched.length} failed`);
  process.exit(1);
}

async function jest(report: string, more: readonly string[]): Promise<number> {
  const runner = join(root, 'node_modules/jest/bin/jest.js');
  const child = spawn(
    process.execPath,
    [
      runner,
      '--json',
      `--outputFile=${report}`,
      '--testLocationInResults=false',
      ...options,
      ...more,
      ...patterns,
    ],
    {
      cwd: root,
      // A group of its own: Jest leaves its workers behind when it is ended, and they would go on.
      detached: true,
      // Jest's own JSON goes to the file; on standard output it would be many megabytes that nobody reads.
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`,
      },
    },
  );
  process.once('exit', () => endGroup(child.pid));
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

/** Ends a process and all that it started, unless they have ended. */
function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGTERM');
  } catch {
    // They have.
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));
const folder = await mkdtemp(join(tmpdir(), 'tendril-tests-'));
const report = join(folder, 'report.json');
const isTested = (await serverForRun(patterns)) || Boolean(process.env.CI);
const code = await jest(report, isTested ? [] : ['--testPathIgnorePatterns=neo4j']);
stopRunning();
try {
  const summary = JSON.parse(await readFile(report, 'utf8')) as Summary;
  const failed = summary.numFailedTests + summary.numRuntimeErrorTestSuites;
  const skipped = summary.numPendingTests > 0 ? `, ${summary.numPendingTests} skipped` : '';
  if (!isTested) console.log('Neo4j was NOT tested: no server could be had; the first lines say why.');
  console.log(`${summary.numPassedTests} passed, ${failed} failed${skipped}`);
  process.exitCode = code;
} catch {
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
