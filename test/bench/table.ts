import type { Figures } from './timing.js';

/** What a measure is to reach: a largest ratio to its floor, or a largest value. */
export type Aim = { readonly ratio: number } | { readonly atMost: number };

/** One line of the table. Times are in milliseconds, memory in bytes. */
export interface Line {
  /** About how many relationships the company has. */
  readonly size: number;
  readonly measure: string;
  readonly unit: 'ms' | 'bytes';
  readonly result: Figures;
  readonly floor?: Figures;
  readonly aim?: Aim;
}

export const HEADINGS = [
  'relationships',
  'measure',
  'median',
  'p95',
  'p99',
  'max',
  'floor',
  'floor p99',
  'ratio',
  'ratio p99',
  'aim',
] as const;

const NOTHING = '–';

const asRow = (row: readonly string[]) => `| ${row.join(' | ')} |\n`;

/** How the table begins, in Markdown. */
export function tableHead(): string {
  return asRow(HEADINGS) + asRow(HEADINGS.map(() => '---'));
}

/** Measurements as rows of the table. */
export function tableRows(lines: readonly Line[]): string {
  return lines.map((line) => asRow(cells(line))).join('');
}

function cells({ size, measure, unit, result, floor, aim }: Line): string[] {
  const show = (value: number | undefined) => (value === undefined ? NOTHING : shown(value, unit));
  return [
    power(size),
    measure,
    ...[result.median, result.p95, result.p99, result.max].map(show),
    ...[floor?.median, floor?.p99].map(show),
    times(ratio(result.median, floor?.median)),
    times(ratio(result.p99, floor?.p99)),
    aim === undefined ? NOTHING : judged(aim, unit, result, floor),
  ];
}

function judged(aim: Aim, unit: Line['unit'], result: Figures, floor: Figures | undefined): string {
  if ('ratio' in aim) return mark(`≤ ${aim.ratio}×`, (ratio(result.median, floor?.median) ?? 0) <= aim.ratio);
  return mark(`≤ ${shown(aim.atMost, unit)}`, result.median <= aim.atMost);
}

const mark = (aim: string, met: boolean) => `${aim} ${met ? 'met' : 'MISSED'}`;

function ratio(value: number | undefined, floor: number | undefined): number | undefined {
  return value === undefined || floor === undefined || floor === 0 ? undefined : value / floor;
}

const times = (value: number | undefined) => (value === undefined ? NOTHING : `${digits(value)}×`);

function shown(value: number, unit: Line['unit']): string {
  if (unit === 'bytes') return `${digits(value / 2 ** 20)} MiB`;
  if (value >= 1000) return `${digits(value / 1000)} s`;
  return value >= 1 ? `${digits(value)} ms` : `${digits(value * 1000)} µs`;
}

/** Three digits that count. */
function digits(value: number): string {
  if (Math.abs(value) >= 100) return value.toFixed(0);
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

function power(size: number): string {
  const exponent = Math.round(Math.log10(size));
  return size === 10 ** exponent ? `10^${exponent}` : String(size);
}
