import { byExposure, type ExposureSummary, exposureSummaries } from '../../graph/radii/exposure-summary.js';
import { STATUSES } from '../../model/kinds.js';
import { eachPageOf } from '../entity/each-page.js';
import type { AggregatedMoment } from '../operation/aggregated-moment.js';
import type { Moment } from '../operation/moment.js';

/** People per graph query: where the graph is read from the store, the people of one query share most reads. */
const PEOPLE_PER_QUERY = 100;

/**
 * All people whose exposure is not empty, the largest exposure first.
 *
 * @throws LIMIT_EXCEEDED where it needs too many reads of the store
 */
export async function everybody({
  moment,
  aggregate,
}: AggregatedMoment): Promise<readonly ExposureSummary[]> {
  return aggregate?.ranking ?? pageByPage(moment, {});
}

/** The same for people who LEFT, the only status of a Human that is not live. */
export async function peopleWhoLeft({
  moment,
  aggregate,
}: AggregatedMoment): Promise<readonly ExposureSummary[]> {
  return aggregate?.lingering ?? pageByPage(moment, { statuses: [STATUSES.Human.ended] });
}

async function pageByPage(
  moment: Moment,
  conditions: { readonly statuses?: readonly string[] },
): Promise<ExposureSummary[]> {
  const found: ExposureSummary[] = [];
  for await (const page of eachPageOf(moment, { kinds: ['Human'], ...conditions })) {
    for (let at = 0; at < page.length; at += PEOPLE_PER_QUERY) {
      const humans = page.slice(at, at + PEOPLE_PER_QUERY).map(({ number }) => number);
      found.push(...(await moment.query((view) => [...exposureSummaries(view, humans)])));
    }
  }
  const exposed = found.filter((row) => row.exposed > 0);
  return moment.query((view) => exposed.sort(byExposure(view)));
}
