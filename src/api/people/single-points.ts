import { giveWay } from '../../async/time-slice.js';
import { type ExposureSummary, exposureSummaries } from '../../graph/radii/exposure-summary.js';
import { radiiOf } from '../../graph/radii/radii.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import { KINDS } from '../../model/kinds.js';
import { eachPageOf } from '../entity/each-page.js';
import type { AggregatedMoment } from '../operation/aggregated-moment.js';
import type { Moment } from '../operation/moment.js';
import { forwardPage, type Keyset, sorted } from '../paging/keyset.js';
import type { ForwardPaging, Page } from '../paging/paging.js';
import { enumOf } from '../types/enums.js';

export type RankingOrderValue = 'EXPOSURE' | 'CONTINUITY' | 'ORPHANS';

export const RankingOrder = enumOf(
  'RankingOrder',
  'What people are ranked by.',
  ['EXPOSURE', 'CONTINUITY', 'ORPHANS'] as const,
  {
    EXPOSURE: 'How much they can still use; then their highest permission.',
    CONTINUITY: 'How many workloads would stop working without them.',
    ORPHANS: 'How many things nobody would answer for without them.',
  },
);

/** The two sets of what stands on a person. */
type Standing = Exclude<RankingOrderValue, 'EXPOSURE'>;

/** A person without whom something stops, or is left without anybody who answers. */
interface SinglePoint {
  readonly human: EntityNumber;
  readonly id: string;
  readonly count: number;
}

/** People per graph query: where the graph is read from the store, the people of one query share most reads. */
const PEOPLE_PER_QUERY = 50;

/** What was computed, by the list that is kept as long as an aggregate is valid. */
const known = new WeakMap<object, Map<Standing, readonly SinglePoint[]>>();

/** How many entities are in a set of a person. Neither set depends on the policy. */
export function standingOn(view: GraphView, human: EntityNumber, by: Standing): number {
  const radii = radiiOf(view, human, { rotateReadable: 'never' });
  return (by === 'CONTINUITY' ? radii.continuity : radii.orphans).members.length;
}

/**
 * People on whom something stands, those on whom most does first; computed once for each aggregate.
 *
 * @param guard throws when the caller no longer wants the answer
 */
export async function singlePoints(
  { moment, aggregate }: AggregatedMoment,
  by: Standing,
  guard: () => void,
): Promise<readonly SinglePoint[]> {
  const kept = aggregate === null ? undefined : known.get(aggregate.ranking);
  const before = kept?.get(by);
  if (before !== undefined) return before;
  const found: SinglePoint[] = [];
  for await (const humans of someHumans({ moment, aggregate })) {
    found.push(...(await moment.query((view) => countedFor(view, humans, by))));
    guard();
    await giveWay();
  }
  const points = sorted(found, keysetOf(by));
  if (aggregate !== null) known.set(aggregate.ranking, (kept ?? new Map()).set(by, points));
  return points;
}

function countedFor(view: GraphView, humans: readonly EntityNumber[], by: Standing): SinglePoint[] {
  return humans.flatMap((human) => {
    const count = standingOn(view, human, by);
    return count === 0 ? [] : [{ human, id: view.idOf(human), count }];
  });
}

/** All people, some at a time. */
async function* someHumans({ moment, aggregate }: AggregatedMoment): AsyncGenerator<readonly EntityNumber[]> {
  if (aggregate === null) {
    for await (const page of eachPageOf(moment, { kinds: ['Human'] })) {
      const numbers = page.map(({ number }) => number);
      for (let at = 0; at < numbers.length; at += PEOPLE_PER_QUERY)
        yield numbers.slice(at, at + PEOPLE_PER_QUERY);
    }
    return;
  }
  const { view } = aggregate;
  let some: EntityNumber[] = [];
  for (let entity = 1; entity < view.size; entity += 1) {
    if (view.kindOf(entity) !== HUMAN) continue;
    some.push(entity);
    if (some.length < PEOPLE_PER_QUERY) continue;
    yield some;
    some = [];
  }
  yield some;
}

const HUMAN = KINDS.indexOf('Human');

const keysetOf = (by: Standing): Keyset<SinglePoint> => ({
  list: `ranking.${by}`,
  keyOf: ({ count, id }) => [count, id],
  descending: [true, false],
});

/** A page of them, with the exposure of each person on it. */
export async function singlePointPage(
  moment: Moment,
  by: Standing,
  paging: ForwardPaging,
  people: readonly SinglePoint[],
): Promise<Page<ExposureSummary>> {
  const page = forwardPage(people, keysetOf(by), paging, moment.services.limits, moment.revision);
  const items: ExposureSummary[] = [];
  for (let at = 0; at < page.items.length; at += PEOPLE_PER_QUERY) {
    const humans = page.items.slice(at, at + PEOPLE_PER_QUERY).map(({ human }) => human);
    items.push(...(await moment.query((view) => [...exposureSummaries(view, humans)])));
    await giveWay();
  }
  return { ...page, items };
}
