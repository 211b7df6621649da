/**
 * Documents beside the graph, and what audit events are asked by.
 *
 * - `document`: a draft writes the next form of a document beside that which stands, and takes away those before
 *   that one. So of a key there are at most the newest form, the one before it, and that of a draft.
 * - Audit events are found by columns that are read out of their JSON, so that events written before are found.
 * - Times never fall from one event to the next: those of a period are a stretch of `seq`.
 */
export const journal = `
CREATE TABLE document (
  collection TEXT NOT NULL, key TEXT NOT NULL, revision INTEGER NOT NULL, body TEXT NOT NULL,
  UNIQUE (collection, key, revision)
);
ALTER TABLE audit ADD COLUMN type TEXT AS (event ->> 'type') VIRTUAL;
ALTER TABLE audit ADD COLUMN subject TEXT AS (event ->> '$.actor.subject') VIRTUAL;
ALTER TABLE audit ADD COLUMN case_id TEXT AS (event ->> 'case') VIRTUAL;
ALTER TABLE audit ADD COLUMN entity_id TEXT AS (event ->> 'entity') VIRTUAL;
CREATE INDEX audit_by_case ON audit (case_id, seq) WHERE case_id IS NOT NULL;
CREATE INDEX audit_by_entity ON audit (entity_id, seq) WHERE entity_id IS NOT NULL;
CREATE INDEX audit_by_revision ON audit (revision, seq);
CREATE INDEX revision_by_at ON revision (at, rev);
`;
