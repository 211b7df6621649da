/** What many measurements of one thing come to. A single measurement has only a median. */
export interface Figures {
  readonly median: number;
  readonly p95?: number;
  readonly p99?: number;
  readonly max?: number;
}

/** The value below which a share of the values lies (nearest rank). `sorted` is not empty. */
function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] as number;
}

export function figures(values: readonly number[]): Figures {
  const sorted = Float64Array.from(values).sort();
  return {
    median: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
    max: quantile(sorted, 1),
  };
}

/** The one in the middle of a few tries. */
export function median(values: readonly number[]): number {
  return quantile(Float64Array.from(values).sort(), 0.5);
}

/** Milliseconds that work takes. */
export function timed(work: () => void): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

/** What work took: by the clock, and of the processors; in milliseconds. */
export interface Spent {
  readonly wall: number;
  /** All threads of the process. Other programs that share the machine hardly change it. */
  readonly cpu: number;
}

export const NOTHING_SPENT: Spent = { wall: 0, cpu: 0 };

export async function spentOn(work: () => unknown): Promise<Spent> {
  const begun = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - begun, cpu: (user + system) / 1000 };
}

export const sum = (a: Spent, b: Spent): Spent => ({ wall: a.wall + b.wall, cpu: a.cpu + b.cpu });

export async function timedAsync(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/**
 * Measures something about each of several subjects: the median of `rounds` tries each, after `warming` rounds
 * that are forgotten. All subjects have their turn before any has its next, as requests of different people would.
 *
 * @param measure gives milliseconds
 */
export async function measureEach<T>(
  subjects: readonly T[],
  rounds: number,
  measure: (subject: T) => number | Promise<number>,
  warming = 1,
): Promise<Figures> {
  const tries: number[][] = subjects.map(() => []);
  for (let round = 0; round < warming + rounds; round += 1) {
    for (const [at, subject] of subjects.entries()) {
      const millis = await measure(subject);
      if (round >= warming) (tries[at] as number[]).push(millis);
    }
  }
  return figures(tries.map(median));
}
