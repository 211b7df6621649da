import type { EntityClaim, EntityOverlay } from '../../model/claims.js';
import type { EntityRecord } from '../../model/entity.js';
import { KINDS, type Kind, STATUS_CODES } from '../../model/kinds.js';

/** One version of an entity, as every engine reads it. */

/** The values of a version, in the order in which an engine selects its columns. */
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
  /** An {@link EntityDocument} as JSON. */
  document: string,
  /** When the source was last read in full, at the revision that is read; null: never. */
  fullSyncedAt: number | null,
];

/** The part of an entity that no query looks at. Engines keep it as JSON in one column. */
export interface EntityDocument {
  readonly firstSeenAt: number;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly claim: EntityClaim;
  readonly overlay: EntityOverlay | null;
}

/** Reads a version. */
export function asEntity(row: EntityRow): EntityRecord {
  const [number, id, kind, status, name, source, externalId, createdAt, lastUsedAt, document, fullSyncedAt] =
    row;
  const { claim, ...rest } = JSON.parse(document) as EntityDocument;
  // A full snapshot confirms an entity or ends it, so the last one has confirmed every entity that is present and was not
  // kept because it could not be read.
  const confirmedAt = claim.present && !claim.unconfirmed ? (fullSyncedAt ?? 0) : 0;
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
