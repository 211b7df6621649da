import type { StoppingWorkload } from '../../graph/radii/broken-workloads.js';
import { whyBroken } from '../../graph/radii/why-broken.js';
import { ALREADY } from '../../graph/radii/workload-times.js';
import type { GraphView } from '../../graph/view.js';
import { formatTime, type Millis } from '../../model/time.js';
import type { Attention } from '../../offboarding/post-case/attention.js';
import type { AggregatedMoment } from '../operation/aggregated-moment.js';
import { brokenAt } from '../workload/broken-at.js';

/**
 * The live workloads that will not work any more because something expires within `TENDRIL_WARN_BEFORE`, as entries of the
 * attention list: each since the moment from which it is told.
 *
 * @throws LIMIT_EXCEEDED where the graph is in the store and it needs too many reads
 */
export async function stoppingSoon(aggregated: AggregatedMoment): Promise<Attention[]> {
  const { moment } = aggregated;
  const { warnBefore } = moment.services;
  const soon = (await brokenAt(aggregated)).filter(
    ({ at }) => at !== ALREADY && at <= moment.now + warnBefore,
  );
  return moment.query((view) => soon.map((row) => entryOf(view, row, warnBefore)));
}

function entryOf(view: GraphView, { workload, at }: StoppingWorkload, warnBefore: Millis): Attention {
  const cause = whyBroken(view, workload, at)[0]?.from ?? workload;
  const why =
    `${view.idOf(workload)} will not work any more from ${formatTime(at)} on, because ${view.idOf(cause)} expires. ` +
    'Renew it, or give the workload something else; `tendril broken` lists all.';
  return {
    kind: 'WORKLOAD_STOPS',
    entity: view.idOf(workload),
    case: null,
    since: formatTime(at - warnBefore),
    why,
    relationship: null,
  };
}
