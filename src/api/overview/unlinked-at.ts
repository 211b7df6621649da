import { isUnlinked } from '../../graph/radii/unlinked.js';
import { eachPageOf } from '../entity/each-page.js';
import type { AggregatedMoment } from '../operation/aggregated-moment.js';

/** Live accounts that no human has, in order of id. */
export async function unlinkedAt({ moment, aggregate }: AggregatedMoment): Promise<readonly number[]> {
  if (aggregate !== null) return aggregate.unlinked;
  const found: number[] = [];
  for await (const page of eachPageOf(moment, { kinds: ['Account'], live: true })) {
    const numbers = page.map(({ number }) => number);
    found.push(...(await moment.query((view) => numbers.filter((one) => isUnlinked(view, one)))));
  }
  return found;
}
