import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../src/config.js';
import { Follower } from '../../src/graph/follower/follower.js';
import { serve } from '../../src/main/serve.js';
import { CaseRunner } from '../../src/offboarding/execute/case-runner.js';

/**
 * A process of its own for `stop.test.ts`: a service that is stopped, or cannot start, while something that it waits
 * for then rests, as the numbers for dashboards do while they are worked out. A rest keeps no process alive.
 * With `hangs`, the cases that it carries out cannot be given back, as where the store hears nothing; with `fails`,
 * what rests comes to no good end.
 */
const { stop } = Follower.prototype;
Follower.prototype.stop = async function rested() {
  await sleep(50, undefined, { ref: false });
  await stop.call(this);
  process.stdout.write('rested\n');
  if (process.argv.includes('fails')) throw new Error('It cannot be stopped.');
};

if (process.argv.includes('hangs')) CaseRunner.prototype.stop = () => new Promise(() => {});

try {
  const serving = await serve(readConfig(process.env), () => {});
  await serving.stop();
  process.stdout.write('stopped\n');
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  process.stdout.write(`${code ?? message}\n`);
}
