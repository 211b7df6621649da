import type { SourceNumber } from '../../model/claims.js';
import type { SourceRecord } from '../../model/entity.js';
import type { Revision } from '../../model/revision.js';
import { NO_END } from '../rows/no-end.js';
import { asSource, couldNotReadText, type SourceRow } from '../rows/source.js';
import type { Run } from './connection.js';
import type { ReadPoint } from './read-point.js';
import { integer, integerOrNull, integers } from './values.js';

/** Sources and their versions, by revision. */

const ALL = `MATCH (s:TendrilSource) WHERE s.fromRevision <= at AND s.toRevision > at
  RETURN s.number, s.id, s.vendor, s.name, s.actuation, s.reports, s.syncedAt, s.fullSyncedAt, s.couldNotRead ORDER BY s.id`;
const PUT = `UNWIND $p.rows AS row
  OPTIONAL MATCH (old:TendrilSource {number: row.number, toRevision: ${NO_END}})
  SET old.toRevision = row.fromRevision
  CREATE (s:TendrilSource) SET s = row`;
const CLOSE = `UNWIND $p.numbers AS number MATCH (s:TendrilSource {number: number, toRevision: ${NO_END}})
  SET s.toRevision = $p.revision`;

/** Every source, in order of id. `run` reads in a transaction or without one. */
export async function readSources(run: Run, point: ReadPoint): Promise<SourceRecord[]> {
  const rows = await run<SourceRow<string[]>>(`${point.cypher} ${ALL}`, { at: integer(point.revision) });
  return rows.map((row) => asSource(row, (reports) => reports));
}

/** Writes the state of sources from a revision on. */
export async function writeSources(
  run: Run,
  sources: readonly SourceRecord[],
  revision: Revision,
): Promise<void> {
  if (sources.length === 0) return;
  await run(PUT, {
    rows: sources.map(({ number, syncedAt, fullSyncedAt, reports, couldNotRead, ...rest }) => ({
      ...rest,
      number: integer(number),
      reports: [...reports],
      couldNotRead: couldNotReadText(couldNotRead),
      syncedAt: integer(syncedAt),
      fullSyncedAt: integerOrNull(fullSyncedAt),
      fromRevision: integer(revision),
      toRevision: integer(NO_END),
    })),
  });
}

/** Ends sources that are withdrawn. */
export async function closeSources(
  run: Run,
  numbers: readonly SourceNumber[],
  revision: Revision,
): Promise<void> {
  if (numbers.length > 0) await run(CLOSE, { numbers: integers(numbers), revision: integer(revision) });
}
