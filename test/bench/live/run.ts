import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Held } from '../serve/service.js';
import { benchLive, type Lived } from './live.js';

/** The program behind `npm run bench:live`: what was measured to stdout, what it is doing to stderr. */
const USAGE = 'usage: npm run bench:live -- [--subscribers 1000] [--humans 1000] [--changes 10]';
const REST = 2000;
/** What it may cost: bytes more, and milliseconds until the last one has heard. */
const AIM = { bytes: 200e6, millis: 1000 };

function optionsOrExit() {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({ options: { subscribers: text, humans: text, changes: text } });
    const { subscribers = '1000', humans = '1000', changes = '10' } = values;
    const options = { subscribers: Number(subscribers), humans: Number(humans), changes: Number(changes) };
    if (Object.values(options).every((value) => Number.isInteger(value) && value > 0)) return options;
    throw new Error('All of them are whole numbers over 0.');
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    process.exit(2);
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
const held = ({ rss, heap }: Held): string => `${megabytes(rss)} (${megabytes(heap)})`;
const met = (is: boolean): string => (is ? 'met' : 'MISSED');

function report({ before, idle, after, changes }: Lived, subscribers: number): string[] {
  const more = Math.max(idle.rss, after.rss) - before.rss;
  const last = Math.max(...changes.map((change) => change.heard));
  return [
    `Memory, resident (heap in use): ${held(before)}; with ${subscribers} subscribers ${held(idle)}; after ${changes.length} changes ${held(after)}.`,
    `${megabytes(more)} more (< ${megabytes(AIM.bytes)} ${met(more < AIM.bytes)}).`,
    `From sending a change until it was taken, and until the last one heard of it, in ms: ${changes.map(({ taken, heard }) => `${taken} ${heard}`).join(', ')}.`,
    `At most ${last} ms (≤ ${AIM.millis} ms ${met(last <= AIM.millis)}).`,
  ];
}

// What runs and what was written goes when the process exits, which a signal alone does not make it do.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const options = optionsOrExit();
const before = loadavg()[0] ?? 0;
const lived = await benchLive({ ...options, rest: REST }, (doing) => console.error(doing));
console.log(`Node ${process.version}, ${cpus().length} processors, load before ${before.toFixed(1)}`);
console.log(report(lived, options.subscribers).join('\n'));
