import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../src/config.js';
import { Follower } from '../../src/graph/follow.js';
import { serve } from '../../src/main/serve.js';

/**
 * A process of its own for `stop.test.ts`: a service that is stopped, or cannot start, while something that it waits
 * for then rests, as the numbers for dashboards do while they are worked out. A rest keeps no process alive.
 */
const { stop } = Follower.prototype;
Follower.prototype.stop = async function rested() {
  await sleep(50, undefined, { ref: false });
  await stop.call(this);
  process.stdout.write('rested\n');
};

try {
  const serving = await serve(readConfig(process.env), () => {});
  await serving.stop();
  process.stdout.write('stopped\n');
} catch (error) {
  process.stdout.write(`${(error as NodeJS.ErrnoException).code}\n`);
}
