import type { EntityClaim, EntityOverlay } from '../../model/claims.js';
import type { EntityRecord } from '../../model/entity.js';
import { KINDS, type Kind, kindCode, STATUS_CODES } from '../../model/kinds.js';
import type { Revision } from '../../model/revision.js';
import type { EntityWrite } from '../draft.js';
import { flagsOf, searchText, textOf } from '../entity-columns.js';
import { checkText } from '../text.js';
import { columnsOf } from './columns.js';
import { emailKey } from './email-key.js';
import { FOREVER } from './forever.js';

/** One version of an entity, as a `TendrilVersion` node. */

/** What stands in `document`: all that no query looks at. */
interface EntityDocument {
  readonly firstSeenAt: number;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly claim: EntityClaim;
  readonly overlay: EntityOverlay | null;
}

/** The version `v` of a number that stands at `at`; the planner is told to seek, as an empty store misleads it. */
export const versionOf = (number: string) => `MATCH (v:TendrilVersion)
  USING INDEX SEEK v:TendrilVersion(number, fromRevision)
  WHERE v.number = ${number} AND v.fromRevision <= at AND v.toRevision > at`;

/** The source of `v` tells when it was last read in full. */
const SOURCE = `OPTIONAL MATCH (s:TendrilSource)
  WHERE s.number = v.source AND s.fromRevision <= at AND s.toRevision > at`;

/** The columns that a record is read from, in this order. */
export const ENTITY_COLUMNS =
  'v.number, v.id, v.kind, v.status, v.name, v.source, v.externalId, v.createdAt, v.lastUsedAt, v.document, s.fullSyncedAt';

/** The end of a statement that has found `v`. */
export const RETURN_ENTITY = `${SOURCE} RETURN ${ENTITY_COLUMNS}`;

export type EntityRow = [
  number: number,
  id: string,
  kind: number,
  status: number,
  name: string,
  source: number,
  externalId: string | null,
  createdAt: number | null,
  lastUsedAt: number | null,
  document: string,
  fullSyncedAt: number | null,
];

export function asEntity(row: EntityRow): EntityRecord {
  const [number, id, kind, status, name, source, externalId, createdAt, lastUsedAt, document, fullSyncedAt] =
    row;
  const { claim, ...rest } = JSON.parse(document) as EntityDocument;
  // A full snapshot shows an entity again, or ends it: one that is present was seen by the last of them.
  const confirmedAt = claim.present ? (fullSyncedAt ?? 0) : 0;
  return {
    number,
    id,
    kind: KINDS[kind] as Kind,
    name,
    status: STATUS_CODES[status] as string,
    source,
    externalId,
    createdAt,
    lastUsedAt,
    ...rest,
    claim,
    lastSeenAt: Math.max(claim.reportedAt, confirmedAt),
  };
}

/** The properties of a version. */
export const VERSION = columnsOf({
  number: 'whole',
  fromRevision: 'whole',
  toRevision: 'whole',
  id: 'plain',
  kind: 'whole',
  status: 'whole',
  flags: 'whole',
  source: 'whole',
  name: 'plain',
  externalId: 'plain',
  createdAt: 'whole',
  lastUsedAt: 'whole',
  expiresAt: 'whole',
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
  const { kind, name, externalId, properties, attributes, firstSeenAt, claim, overlay } = entity;
  const token = kind === 'Token';
  const email = kind === 'Human' ? textOf(properties.email) : null;
  const family = token ? textOf(properties.family) : null;
  const login = textOf(properties.login);
  checkText('text', name, externalId, email, family, login);
  const document: EntityDocument = { firstSeenAt, properties, attributes, claim, overlay };
  const expiresAt = token && typeof properties.expiresAt === 'number' ? properties.expiresAt : null;
  return VERSION.row({
    number: entity.number,
    fromRevision: revision,
    toRevision: FOREVER,
    id: entity.id,
    kind: kindCode(kind),
    status: (STATUS_CODES as readonly string[]).indexOf(entity.status),
    flags: flagsOf(entity),
    source: entity.source,
    name,
    externalId,
    createdAt: entity.createdAt,
    lastUsedAt: entity.lastUsedAt,
    expiresAt,
    email: email === null ? null : emailKey(email),
    family,
    search: searchText([entity.id, name, externalId, email, login]),
    document: JSON.stringify(document),
  });
}
