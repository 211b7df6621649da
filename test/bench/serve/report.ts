import type { Loaded } from './load.js';
import type { ServeOptions } from './options.js';
import type { Served } from './serve.js';
import type { Held } from './service.js';

/** How much slower the slowest reads may be while an import runs. */
const AIM = 3;

const digits = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** What was measured, as lines of Markdown. */
export function report(
  { hello, dashboards, unchanged, whileImporting, importSeconds, memory }: Served,
  { humans, relationships, minutes, connections }: ServeOptions,
): string[] {
  const p99 = (loaded: Loaded) => loaded.millis.p99 ?? loaded.millis.median;
  const growth = p99(whileImporting) / p99(dashboards);
  const heads = [
    'what',
    'requests',
    'requests/s',
    'p50',
    'p95',
    'p99',
    'max',
    'to hello-world: rate',
    'p50',
    'p95',
    'p99',
  ];
  return [
    `${humans} humans, ${connections} connections that ask without a pause.`,
    '',
    row(heads),
    row(heads.map(() => '---')),
    line("Apollo's hello-world", hello, hello),
    line('dashboards, mixed', dashboards, hello),
    line('the same of who has the answers (304)', unchanged, hello),
    line(
      `the same while ${relationships} relationships are imported (${digits(importSeconds)} s)`,
      whileImporting,
      hello,
    ),
    '',
    `p99 of reads while an import runs: ${digits(growth)}× (≤ ${AIM}× ${growth <= AIM ? 'met' : 'MISSED'}).`,
    `Memory over ${minutes} minutes of load, resident (heap in use): ${memory.map(held).join(', ')}.`,
    ...steadiness(memory),
  ];
}

function line(what: string, { requests, perSecond, millis }: Loaded, floor: Loaded): string {
  const { median, p95 = median, p99 = median, max = median } = millis;
  const { median: m, p95: n = m, p99: o = m } = floor.millis;
  const times = (value: number, by: number) => `${digits(value / by)}×`;
  return row([
    what,
    String(requests),
    digits(perSecond),
    ...[median, p95, p99, max].map((value) => `${digits(value)} ms`),
    times(perSecond, floor.perSecond),
    times(median, m),
    times(p95, n),
    times(p99, o),
  ]);
}

const held = ({ rss, heap }: Held) => `${megabytes(rss)} (${megabytes(heap)})`;

function steadiness(memory: readonly Held[]): string[] {
  const [first, last] = [memory[0], memory.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [`First ${megabytes(first.rss)}, last ${megabytes(last.rss)}: ${digits(last.rss / first.rss)}×.`];
}
