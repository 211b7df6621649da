import type { WholeView } from '../../graph/graph-state.js';
import { byTime, type StoppingWorkload, stoppingWorkloads } from '../../graph/radii/broken-workloads.js';
import { byExposure, type ExposureSummary, exposureSummaries } from '../../graph/radii/exposure-summary.js';
import { unlinkedAccounts } from '../../graph/radii/unlinked.js';
import { unownedEntities } from '../../graph/radii/unowned.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import { KINDS } from '../../model/kinds.js';
import type { Store } from '../../store/store.js';
import type { Aggregate } from './aggregate.js';
import type { Pace } from './pace.js';
import { countStatuses, tally } from './tallies.js';

const HUMAN = KINDS.indexOf('Human');

/** Computes the aggregate of a state, and pauses when it is due. @throws the reason with which the pace was aborted */
export async function computeAggregate(
  view: WholeView,
  store: Pick<Store, 'list'>,
  pace: Pace,
): Promise<Aggregate> {
  const until = view.nextExpiryAfter(view.now);
  const tallies = tally(view);
  const { revision, now } = view;
  const statuses = await countStatuses({ services: { store }, revision, now }, tallies);
  const ranking: ExposureSummary[] = [];
  for (const summary of exposureSummaries(view, humansOf(view))) {
    if (summary.exposed > 0) ranking.push(summary);
    if (pace.due) await pace.rest();
  }
  ranking.sort(byExposure(view));
  const unowned = await inOrderOfId(view, unownedEntities(view), pace);
  const unlinked = await inOrderOfId(view, unlinkedAccounts(view), pace);
  const broken: StoppingWorkload[] = [];
  for (const row of stoppingWorkloads(view, everyEntity(view))) {
    if (row !== undefined) broken.push(row);
    if (pace.due) await pace.rest();
  }
  broken.sort(byTime(view));
  const lingering = ranking.filter(({ human }) => !view.isLive(human));
  return { view, until, ranking, lingering, unowned, unlinked, broken, tallies, statuses };
}

/** The entities that are found, in order of id. @param found undefined in between, so that it can give way */
async function inOrderOfId(
  view: GraphView,
  found: Iterable<EntityNumber | undefined>,
  pace: Pace,
): Promise<EntityNumber[]> {
  const entities: EntityNumber[] = [];
  for (const entity of found) {
    if (entity !== undefined) entities.push(entity);
    if (pace.due) await pace.rest();
  }
  return entities.sort((a, b) => view.compare(a, b));
}

function* everyEntity(view: GraphView): Generator<EntityNumber> {
  for (let entity = 1; entity < view.size; entity += 1) yield entity;
}

function* humansOf(view: GraphView): Generator<EntityNumber> {
  for (let entity = 1; entity < view.size; entity += 1) if (view.kindOf(entity) === HUMAN) yield entity;
}
