import { byExposure, type ExposureSummary, exposureSummaries } from '../../graph/radii/exposure-summary.js';
import { STATUSES } from '../../model/kinds.js';
import { eachPageOf } from '../entity/each-page.js';
import type { AggregatedMoment } from '../operation/aggregated-moment.js';
import type { Moment } from '../operation/moment.js';

/** The number of people per query where the graph is in the store: they share many of the reads. */
const AT_ONCE = 100;

/**
 * All people whose exposure is not empty, the largest exposure first.
 *
 * @throws LIMIT_EXCEEDED where it needs too many reads of the store
 */
export async function everybody({
  moment,
  aggregate,
}: AggregatedMoment): Promise<readonly ExposureSummary[]> {
  return aggregate?.ranking ?? oneByOne(moment, {});
}

/** The same for people who have left: no other status of a human is dead. */
export async function peopleWhoLeft({
  moment,
  aggregate,
}: AggregatedMoment): Promise<readonly ExposureSummary[]> {
  return aggregate?.lingering ?? oneByOne(moment, { statuses: [STATUSES.Human.ended] });
}

async function oneByOne(
  moment: Moment,
  conditions: { readonly statuses?: readonly string[] },
): Promise<ExposureSummary[]> {
  const found: ExposureSummary[] = [];
  for await (const page of eachPageOf(moment, { kinds: ['Human'], ...conditions })) {
    for (let at = 0; at < page.length; at += AT_ONCE) {
      const humans = page.slice(at, at + AT_ONCE).map(({ number }) => number);
      found.push(...(await moment.query((view) => [...exposureSummaries(view, humans)])));
    }
  }
  const exposed = found.filter((row) => row.exposed > 0);
  return moment.query((view) => exposed.sort(byExposure(view)));
}
