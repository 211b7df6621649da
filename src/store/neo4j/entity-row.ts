import type { Revision } from '../../model/revision.js';
import type { EntityWrite } from '../draft.js';
import { entityValues } from '../rows/entity-values.js';
import { NO_END } from '../rows/no-end.js';
import { columnsOf } from './columns.js';
import { emailKey } from './email-key.js';

/** One version of an entity, as a `TendrilVersion` node. */

/** Finds the version `v` of a number at `at`. The hint is there because an empty store misleads the planner. */
export const versionOf = (number: string) => `MATCH (v:TendrilVersion)
  USING INDEX SEEK v:TendrilVersion(number, fromRevision)
  WHERE v.number = ${number} AND v.fromRevision <= at AND v.toRevision > at`;

/** Finds the source of `v`, which has the time of its last full snapshot. */
const SOURCE = `OPTIONAL MATCH (s:TendrilSource)
  WHERE s.number = v.source AND s.fromRevision <= at AND s.toRevision > at`;

/** The columns of an `EntityRow`. */
export const ENTITY_COLUMNS =
  'v.number, v.id, v.kind, v.status, v.name, v.source, v.externalId, v.createdAt, v.lastUsedAt, v.document, s.fullSyncedAt';

/** The end of a statement that has found `v`: returns an `EntityRow`. */
export const RETURN_ENTITY = `${SOURCE} RETURN ${ENTITY_COLUMNS}`;

/** The properties of a version: those that name it, then the values of `entityValues`. */
export const VERSION = columnsOf({
  number: 'integer',
  fromRevision: 'integer',
  toRevision: 'integer',
  id: 'plain',
  kind: 'integer',
  status: 'integer',
  flags: 'integer',
  source: 'integer',
  name: 'plain',
  externalId: 'plain',
  createdAt: 'integer',
  lastUsedAt: 'integer',
  expiresAt: 'integer',
  email: 'plain',
  family: 'plain',
  search: 'plain',
  document: 'plain',
});

/**
 * A version, as a row of {@link VERSION}.
 *
 * @throws BAD_INPUT for text that no engine keeps.
 */
export function versionRow(entity: EntityWrite, revision: Revision): readonly unknown[] {
  return [entity.number, revision, NO_END, entity.id, ...entityValues(entity, emailKey)];
}
