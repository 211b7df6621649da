import { cpus } from 'node:os';
import { bench } from './bench.js';
import { type BenchOptions, readOptions, USAGE } from './options.js';
import { tableHead, tableRows } from './table.js';

/** The program behind `npm run bench`: the table to stdout, row by row, what it is doing to stderr. */
function optionsOrExit(): BenchOptions {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    process.exit(2);
  }
}

// What runs and what was written goes when the process exits, which a signal alone does not make it do.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const options = optionsOrExit();
const [cpu] = cpus();
const machine = `Node ${process.version}, ${cpus().length} × ${cpu?.model ?? 'unknown processor'}`;
process.stdout.write(`${machine}\n\n${tableHead()}`);
for await (const lines of bench(options, (doing) => console.error(doing)))
  process.stdout.write(tableRows(lines));
