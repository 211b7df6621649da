import { byTime, type StoppingWorkload, stoppingWorkloads } from '../../graph/radii/broken-workloads.js';
import { KINDS } from '../../model/kinds.js';
import { eachPageOf } from '../entity/each-page.js';
import type { AggregatedMoment } from '../operation/aggregated-moment.js';

/** The kinds of workloads. */
const WORKLOADS = KINDS.filter((kind) => kind === 'App' || kind === 'Job');

/**
 * The live workloads that do not work, and those that will not because something expires: the former first, then by
 * time, then by id.
 *
 * @throws LIMIT_EXCEEDED where it needs too many reads of the store
 */
export async function brokenAt({
  moment,
  aggregate,
}: AggregatedMoment): Promise<readonly StoppingWorkload[]> {
  if (aggregate !== null) return aggregate.broken;
  const found: StoppingWorkload[] = [];
  for await (const page of eachPageOf(moment, { kinds: WORKLOADS, live: true })) {
    const numbers = page.map(({ number }) => number);
    const stopping = await moment.query((view) => [...stoppingWorkloads(view, numbers)]);
    found.push(...stopping.filter((row) => row !== undefined));
  }
  return moment.query((view) => found.sort(byTime(view)));
}
