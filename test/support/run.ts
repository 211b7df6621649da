import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Runs every test (or those whose paths are given) and ends with the one line that machines read:
 * `N passed, N failed`. A suite that cannot be loaded counts as a failure.
 */
const root = fileURLToPath(new URL('../../../', import.meta.url));

interface Summary {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly numPendingTests: number;
}

async function jest(report: string): Promise<number> {
  const runner = join(root, 'node_modules/jest/bin/jest.js');
  const child = spawn(
    process.execPath,
    [runner, '--json', `--outputFile=${report}`, '--testLocationInResults=false', ...process.argv.slice(2)],
    {
      cwd: root,
      // Jest's own JSON goes to the file; on standard output it would be many megabytes that nobody reads.
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --disable-warning=ExperimentalWarning`,
      },
    },
  );
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

const folder = await mkdtemp(join(tmpdir(), 'tendril-tests-'));
const report = join(folder, 'report.json');
const code = await jest(report);
try {
  const summary = JSON.parse(await readFile(report, 'utf8')) as Summary;
  const failed = summary.numFailedTests + summary.numRuntimeErrorTestSuites;
  const skipped = summary.numPendingTests > 0 ? `, ${summary.numPendingTests} skipped` : '';
  console.log(`${summary.numPassedTests} passed, ${failed} failed${skipped}`);
  process.exitCode = code;
} catch {
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
