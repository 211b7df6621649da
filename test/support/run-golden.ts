import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Writes all golden files anew (`npm run golden`): runs the test files that hold one, with the switch set. Each file
 * that moved is named on standard error while the tests run; `git diff` shows what moved in it, once the formatter has
 * laid the files out.
 */
const root = fileURLToPath(new URL('../../../', import.meta.url));
const tests = join(root, 'build/test');
const GOLDEN_IMPORT = /support\/golden\.js'/;
const BESIDE = /from '\.\/([\w-]+\.js)'/g;

const textOf = (file: string): string => readFileSync(join(tests, file), 'utf8');

/** Whether a test file uses the switch, itself or by a module beside it. */
function hasGoldenFile(file: string): boolean {
  const text = textOf(file);
  const beside = [...text.matchAll(BESIDE)].map(([, name]) => join(dirname(file), name!));
  return GOLDEN_IMPORT.test(text) || beside.some((module) => GOLDEN_IMPORT.test(textOf(module)));
}

// The engines print the same: the embedded one is enough.
const files = readdirSync(tests, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.test.js') && !file.includes('neo4j') && hasGoldenFile(file))
  .map((file) => `build/test/${file}`);
const run = spawnSync(process.execPath, [join(root, 'build/test/support/run.js'), ...files], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, GOLDEN: 'write' },
});
spawnSync('npm', ['run', '--silent', 'fix'], { cwd: root, stdio: 'ignore' });
spawnSync('git', ['--no-pager', 'diff', '--stat'], { cwd: root, stdio: 'inherit' });
process.exitCode = run.status ?? 1;
