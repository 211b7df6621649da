import { startRecord } from '../../api/entity/find-record.js';
import type { Moment } from '../../api/operation/moment.js';
import { allSets, leftOut } from '../../api/radii/completeness.js';
import type { ReachSet } from '../../graph/answers.js';
import { memoizeByView } from '../../graph/per-view.js';
import { type BlindSpot, blindSpots } from '../../graph/radii/blind-spots.js';
import { type LazyRadii, radiiOf } from '../../graph/radii/radii.js';
import type { GraphView } from '../../graph/view.js';
import type { EntityRecord, SourceRecord } from '../../model/entity.js';
import { byDanger, byNeed, byWeight, isGrave, WORST } from './danger.js';
import { type HowMuch, type ShownSet, shownConflicts, shownSet } from './shown.js';

/** All that the report of one blast radius says, before it is put into words. */
export interface Collected {
  readonly moment: Moment;
  readonly view: GraphView;
  readonly start: EntityRecord;
  /** What was left out, as the API says it; null: nothing. */
  readonly incompleteBecause: string | null;
  readonly exposure: ShownSet & { readonly set: ReachSet };
  readonly continuity: ShownSet;
  readonly orphans: ShownSet;
  readonly cut: ShownSet & { isForeign(entity: number): boolean };
  readonly conflicts: Pick<ShownSet, 'tree' | 'more'> & {
    readonly count: number;
    readonly resolutions: ReadonlyMap<number, string>;
  };
  readonly sources: readonly SourceRecord[];
  readonly blindSpots: readonly BlindSpot[];
  /** Of every entity that is shown. */
  readonly records: ReadonlyMap<number, EntityRecord>;
}

/**
 * Asks for a blast radius, with as much of each set as is wanted. Three calls of the store, however many
 * entities there are: the start, what has to be put in order, and what is shown.
 */
export async function collect(
  moment: Moment,
  idOrEmail: string,
  much: Omit<HowMuch, 'always'>,
): Promise<Collected> {
  const start = await startRecord(moment, idOrEmail);
  const radii = memoizeByView((view) => radiiOf(view, start.number, moment.services.policy.policy));
  const incompleteBecause = await leftOut(moment, radii);
  const { continuity, orphans, conflicts } = await moment.queryInPart((view) => allSets(radii(view)));
  const sources = await moment.loaders.sources();
  const rated = [...continuity.members, ...orphans.members].map(({ entity }) => entity);
  const needing = conflicts.flatMap(({ workloads }) => workloads);
  const weighed = await recordsOf(moment, [...rated, ...needing]);
  const reports = reportsOf(sources);
  const { view, sets, spots } = await moment.queryInPart((view) => ({
    view,
    sets: shownSets(view, radii(view), weighed, much),
    spots: blindSpots(view, start.number, reports),
  }));
  const wanted = [
    ...Object.values(sets).flatMap((set) => [...set.tree.entities]),
    ...spots.map((spot) => spot.account),
  ];
  const records = await recordsOf(moment, wanted);
  return { moment, view, start, incompleteBecause, ...sets, sources, blindSpots: spots, records };
}

/** What is shown of each set, with what is worth most first. */
function shownSets(
  view: GraphView,
  radii: LazyRadii,
  weighed: ReadonlyMap<number, EntityRecord>,
  much: Omit<HowMuch, 'always'>,
) {
  const { exposure, continuity, orphans, cut, conflicts } = allSets(radii);
  const shown = (set: ReachSet, order = set.members, always = 0) =>
    shownSet(view, radii.start, set, { ...much, always }, order);
  const dangerous = byDanger(view, exposure.members);
  const grave = dangerous.slice(0, WORST).filter(({ entity }) => isGrave(view, entity)).length;
  return {
    exposure: { ...shown(exposure, dangerous, grave), set: exposure },
    continuity: shown(continuity, byWeight(view, continuity.members, weighed)),
    orphans: shown(orphans, byWeight(view, orphans.members, weighed)),
    cut: { ...shown(cut), isForeign: (entity: number) => cut.isForeign(entity) },
    conflicts: {
      ...shownConflicts(radii.start, byNeed(conflicts, weighed), much.limit),
      count: conflicts.length,
      resolutions: new Map(conflicts.map(({ entity, resolution }) => [entity, resolution])),
    },
  };
}

function reportsOf(sources: readonly SourceRecord[]): Map<number, ReadonlySet<string>> {
  return new Map(sources.map((source) => [source.number, new Set(source.reports)]));
}

/** The records of entities, by number; one call of the store. */
export async function recordsOf(
  moment: Moment,
  entities: readonly number[],
): Promise<ReadonlyMap<number, EntityRecord>> {
  const records = await moment.services.store.entitiesByNumber([...new Set(entities)], moment.revision);
  return new Map(records.flatMap((record) => (record === undefined ? [] : [[record.number, record]])));
}
