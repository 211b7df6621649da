/** The columns of an entity, in the orders of `rows/entity.ts` and `rows/entity-values.ts`. */

/** The columns of an `EntityRow`. */
export const ENTITY_COLUMNS =
  'd.n, d.id, e.kind, e.status, e.name, e.source, e.external_id, e.created_at, e.last_used_at, e.doc, v.full_synced_at';

/** The tables that have these columns; `$at` is the revision. The source has the time of its last full snapshot. */
export const ENTITY_TABLES = `node d JOIN entity e ON e.n = d.n AND e.from_rev <= $at AND e.to_rev > $at
  LEFT JOIN source_version v ON v.n = e.source AND v.from_rev <= $at AND v.to_rev > $at`;

/** The columns that `entityValues` fills, after the number and the revisions. */
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
