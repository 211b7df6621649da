import type { SourceNumber } from '../../model/claims.js';
import type { Revision } from '../../model/revision.js';
import type { EntityWrite } from '../draft.js';
import { NO_END } from '../rows/no-end.js';
import type { Run } from './connection.js';
import { VERSION, versionRow } from './entity-row.js';
import { type EntityView, viewOf } from './entity-view.js';
import { integer, integers } from './values.js';

/** Versions of entities, as a draft writes them. */

const CLOSE = `UNWIND $p.numbers AS number
  MATCH (v:TendrilVersion) USING INDEX SEEK v:TendrilVersion(number, fromRevision)
  WHERE v.number = number AND v.fromRevision < $p.revision AND v.toRevision = ${NO_END}
  SET v.toRevision = $p.revision`;
const ADD = `UNWIND $p.rows AS row CREATE (v:TendrilVersion {${VERSION.properties}})`;
const PUT = `UNWIND $p.rows AS row
  MERGE (v:TendrilVersion {number: toInteger(row[0]), fromRevision: $p.revision}) SET v = {${VERSION.properties}}`;
const RESERVE = 'UNWIND $p.rows AS row MERGE (e:Entity {number: row.number}) ON CREATE SET e.id = row.id';

/** The rows that a draft writes for an entity. */
export interface PreparedEntity {
  readonly entity: EntityWrite;
  readonly version: readonly unknown[];
  readonly view: EntityView;
}

/**
 * @param sourceId the id of a source by its number
 * @throws BAD_INPUT for text that no engine keeps.
 */
export function prepareEntity(
  entity: EntityWrite,
  revision: Revision,
  sourceId: (source: SourceNumber) => string | undefined,
): PreparedEntity {
  return { entity, version: versionRow(entity, revision), view: viewOf(entity, sourceId(entity.source)) };
}

/** Writes the first versions of entities. */
export async function addVersions(run: Run, prepared: readonly PreparedEntity[]): Promise<void> {
  if (prepared.length > 0) await run(ADD, { rows: prepared.map(({ version }) => version) });
}

/** Ends the current versions and writes the next ones. They replace what this draft has written before. */
export async function putVersions(
  run: Run,
  prepared: readonly PreparedEntity[],
  revision: Revision,
): Promise<void> {
  if (prepared.length === 0) return;
  const numbers = integers(prepared.map(({ entity }) => entity.number));
  await Promise.all([
    run(CLOSE, { numbers, revision: integer(revision) }),
    run(PUT, { rows: prepared.map(({ version }) => version), revision: integer(revision) }),
  ]);
}

/** Creates nodes for assigned numbers, so that relationships can be written before the entities. */
export async function reserve(
  run: Run,
  numbers: readonly (readonly [id: string, number: number])[],
): Promise<void> {
  if (numbers.length === 0) return;
  await run(RESERVE, { rows: numbers.map(([id, number]) => ({ id, number: integer(number) })) });
}
