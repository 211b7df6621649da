import { cpus, loadavg } from 'node:os';
import { readServeOptions, USAGE } from './options.js';
import { report } from './report.js';
import { benchServe } from './serve.js';

/** The program behind `npm run bench:serve`: what was measured to stdout, what it is doing to stderr. */
function optionsOrExit() {
  try {
    return readServeOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    process.exit(2);
  }
}

// What runs and what was written goes when the process exits, which a signal alone does not make it do.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const options = optionsOrExit();
const [cpu] = cpus();
const before = loadavg()[0] ?? 0;
const served = await benchServe(options, (doing) => console.error(doing));
console.log(
  `Node ${process.version}, ${cpus().length} × ${cpu?.model ?? 'unknown processor'}, load before ${before.toFixed(1)}\n`,
);
console.log(report(served, options).join('\n'));
