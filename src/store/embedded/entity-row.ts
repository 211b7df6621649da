import type { EntityClaim, EntityOverlay } from '../../model/claims.js';
import type { EntityRecord } from '../../model/entity.js';
import { KINDS, type Kind, kindCode, STATUS_CODES } from '../../model/kinds.js';
import type { EntityWrite } from '../draft.js';
import { flagsOf, searchText, textOf } from '../entity-columns.js';
import { checkText } from '../text.js';
import type { Value } from './connection.js';

/** What stands in the JSON column: all that no query looks at. */
interface EntityDocument {
  readonly firstSeenAt: number;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly claim: EntityClaim;
  readonly overlay: EntityOverlay | null;
}

/** The columns that a record is read from, in this order. */
export const ENTITY_COLUMNS =
  'd.n, d.id, e.kind, e.status, e.name, e.source, e.external_id, e.created_at, e.last_used_at, e.doc, v.full_synced_at';

/** Where they come from; `$at` is the revision. The source tells when it was last read in full. */
export const ENTITY_TABLES = `node d JOIN entity e ON e.n = d.n AND e.from_rev <= $at AND e.to_rev > $at
  LEFT JOIN source_version v ON v.n = e.source AND v.from_rev <= $at AND v.to_rev > $at`;

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

/** The columns that {@link entityValues} fills, after the number and the revisions. */
export const WRITTEN_COLUMNS = [
  'kind',
  'status',
  'flags',
  'source',
  'name',
  'external_id',
  'created_at',
  'last_used_at',
  'expires_at',
  'email',
  'family',
  'search',
  'doc',
] as const;

/** @throws BAD_INPUT for text that would not come back as it was. */
export function entityValues(entity: EntityWrite): Value[] {
  const { kind, name, externalId, properties, attributes, firstSeenAt, claim, overlay } = entity;
  const token = kind === 'Token';
  const email = kind === 'Human' ? textOf(properties.email) : null;
  const family = token ? textOf(properties.family) : null;
  const login = textOf(properties.login);
  checkText('text', name, externalId, email, family, login);
  const document: EntityDocument = { firstSeenAt, properties, attributes, claim, overlay };
  return [
    kindCode(kind) as number,
    (STATUS_CODES as readonly string[]).indexOf(entity.status),
    flagsOf(entity),
    entity.source,
    name,
    externalId,
    entity.createdAt,
    entity.lastUsedAt,
    token && typeof properties.expiresAt === 'number' ? properties.expiresAt : null,
    email?.toLowerCase() ?? null,
    family,
    searchText([entity.id, name, externalId, email, login]),
    JSON.stringify(document),
  ];
}
