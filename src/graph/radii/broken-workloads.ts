import type { Millis } from '../../model/time.js';
import { isWorkload } from '../kind-codes.js';
import type { EntityNumber, GraphView } from '../view.js';
import { NEVER, WorkloadTimes } from './workload-times.js';

/** A live workload that does not work, or will not. */
export interface StoppingWorkload {
  readonly workload: EntityNumber;
  /** `ALREADY`, or the first moment at which it does not work by expiry alone. */
  readonly at: Millis;
}

/**
 * The live workloads among these that do not work, or will not. One that has ended is left out: it is not meant to work.
 * It yields undefined for each of the others, so that the caller can give way in between.
 */
export function* stoppingWorkloads(
  view: GraphView,
  entities: Iterable<EntityNumber>,
): Generator<StoppingWorkload | undefined> {
  // Not the times that are kept with the view: those of a whole company would be kept as long.
  const times = new WorkloadTimes(view);
  for (const workload of entities) {
    if (!isWorkload(view.kindOf(workload)) || !view.isLive(workload)) {
      yield undefined;
      continue;
    }
    const at = times.of(workload);
    yield at === NEVER ? undefined : { workload, at };
  }
}

/** Orders by time, what does not work already first; then by id. */
export function byTime(view: GraphView): (a: StoppingWorkload, b: StoppingWorkload) => number {
  return (a, b) => {
    if (a.at !== b.at) return a.at < b.at ? -1 : 1;
    return view.compare(a.workload, b.workload);
  };
}
