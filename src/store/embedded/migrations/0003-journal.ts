/**
 * Documents beside the graph, and the columns by which audit events are selected.
 *
 * - `document`: a draft writes the next version of a document beside the current one, and deletes the versions
 *   before that. So a key has at most the current version, the one before it, and the version of a draft.
 * - Audit events are found by columns that are computed from their JSON, so that older events are found too.
 * - Times never decrease from one event to the next, so the events of a period are a range of `seq`.
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
