import { cpus } from 'node:os';
import { bench } from './bench.js';
import { type BenchOptions, readOptions, USAGE } from './options.js';
import { table } from './table.js';

/** The program behind `npm run bench`: the table to stdout, what it is doing to stderr. */
function optionsOrExit(): BenchOptions {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    process.exit(2);
  }
}

const lines = await bench(optionsOrExit(), (doing) => console.error(doing));
const [cpu] = cpus();
console.log(
  `Node ${process.version}, ${cpus().length} × ${cpu?.model ?? 'unknown processor'}\n\n${table(lines)}`,
);
