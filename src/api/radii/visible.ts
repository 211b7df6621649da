import type { Visibility } from '../../model/visibility.js';
import { entityById } from '../entity/wrap.js';
import type { Moment } from '../operation/moment.js';
import { Source } from '../source/source.js';
import { BlindSpot, entitiesBySource, SourceCoverage } from './coverage.js';

/** The blind spots that were recorded with a plan or a verification. */
export async function blindSpotsThen(moment: Moment, { blindSpots }: Visibility): Promise<BlindSpot[]> {
  const sources = new Map((await moment.loaders.sources()).map((record) => [record.id, record]));
  return blindSpots.flatMap(({ account, source, missing, because }) => {
    const record = sources.get(source);
    if (record === undefined) return [];
    const of = {
      account: () => entityById(moment, account),
      source: async () => new Source(record, moment),
    };
    return [new BlindSpot(of, { missing, because })];
  });
}

/** The coverage that was recorded with a plan or a verification. Entities are counted at the moment that is asked about. */
export async function coverageThen(moment: Moment, { coverage }: Visibility): Promise<SourceCoverage[]> {
  const [records, counts] = await Promise.all([moment.loaders.sources(), entitiesBySource(moment)]);
  const sources = new Map(records.map((record) => [record.id, record]));
  return coverage.flatMap(({ source, lastSync, stale }) => {
    const record = sources.get(source);
    if (record === undefined) return [];
    const seen = { lastSync: lastSync === null ? null : new Date(lastSync), stale };
    return [new SourceCoverage(record, moment, counts.get(record.number) ?? 0, seen)];
  });
}
