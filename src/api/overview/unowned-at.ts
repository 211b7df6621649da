import { memoizeByView } from '../../graph/per-view.js';
import { Accountability } from '../../graph/radii/accountability.js';
import { ANSWERED_FOR } from '../../model/kinds.js';
import { eachPageOf } from '../entity/each-page.js';
import type { AggregatedMoment } from '../operation/aggregated-moment.js';

/** Live entities that no live person answers for, in order of id. */
export async function unownedAt({ moment, aggregate }: AggregatedMoment): Promise<readonly number[]> {
  if (aggregate !== null) return aggregate.unowned;
  const answering = memoizeByView((view) => new Accountability(view));
  const found: number[] = [];
  for await (const page of eachPageOf(moment, { kinds: ANSWERED_FOR, live: true })) {
    const numbers = page.map(({ number }) => number);
    found.push(
      ...(await moment.query((view) => numbers.filter((one) => !answering(view).isAnsweredFor(one)))),
    );
  }
  return found;
}
