import DataLoader from 'dataloader';
import type { Step } from '../../graph/answers.js';
import { whyBroken } from '../../graph/radii/why-broken.js';
import { workloadTimes } from '../../graph/radii/workload-times.js';
import type { Millis } from '../../model/time.js';
import type { Moment } from '../operation/moment.js';

/** A workload, by its number, at a moment at which it does not work. */
interface Broken {
  readonly workload: number;
  readonly at: Millis;
}

/** Batched questions about workloads: all rows that ask in the same turn share one query of the graph. */
export interface WorkloadLoaders {
  /** By number: when the workload does not work any more; see `WorkloadTimes`. */
  readonly time: DataLoader<number, Millis>;
  readonly why: DataLoader<Broken, readonly Step[], string>;
}

const known = new WeakMap<Moment, WorkloadLoaders>();

/** The loaders that belong to a moment. */
export function workloadLoaders(moment: Moment): WorkloadLoaders {
  const made = known.get(moment) ?? loadersOf(moment);
  known.set(moment, made);
  return made;
}

function loadersOf(moment: Moment): WorkloadLoaders {
  return {
    time: new DataLoader((workloads: readonly number[]) =>
      moment.query((view) => workloads.map((workload) => workloadTimes(view).of(workload))),
    ),
    why: new DataLoader(
      (asked: readonly Broken[]) =>
        moment.query((view) => asked.map(({ workload, at }) => whyBroken(view, workload, at))),
      { cacheKeyFn: ({ workload, at }) => `${workload} ${at}` },
    ),
  };
}
