import type { Line } from './table.js';

/** Frees what nobody refers to any more, where node was started with `--expose-gc`. */
export function collectGarbage(): void {
  // Twice: what only a finalizer held on to is free after the first time.
  globalThis.gc?.();
  globalThis.gc?.();
}

export interface Memory {
  readonly rss: number;
  readonly heapUsed: number;
  /** Typed arrays are here. */
  readonly external: number;
}

/** What the process holds once the garbage is gone, in bytes. */
export function memoryInUse(): Memory {
  collectGarbage();
  const { rss, heapUsed, external } = process.memoryUsage();
  return { rss, heapUsed, external };
}

/** What was added between two moments, and all that the process has at the second. */
export function memoryLines(size: number, before: Memory, after: Memory): Line[] {
  const line = (measure: string, bytes: number): Line => ({
    size,
    measure,
    unit: 'bytes',
    result: { median: bytes },
  });
  return [
    line('index: JavaScript heap', after.heapUsed - before.heapUsed),
    line('index: typed arrays', after.external - before.external),
    line('whole process with the index (rss)', after.rss),
  ];
}
