// What every row is found by. Community Edition has uniqueness constraints and range indexes; each of these
// may be run again without harm. What the labels mean: src/store/neo4j/index.ts.

CREATE CONSTRAINT tendril_entity_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE;
CREATE CONSTRAINT tendril_entity_number IF NOT EXISTS FOR (e:Entity) REQUIRE e.number IS UNIQUE;

CREATE CONSTRAINT tendril_version IF NOT EXISTS FOR (v:TendrilVersion) REQUIRE (v.number, v.fromRevision) IS UNIQUE;
CREATE INDEX tendril_version_kind IF NOT EXISTS FOR (v:TendrilVersion) ON (v.kind, v.toRevision);
CREATE INDEX tendril_version_source IF NOT EXISTS FOR (v:TendrilVersion) ON (v.source, v.number);
CREATE INDEX tendril_version_email IF NOT EXISTS FOR (v:TendrilVersion) ON (v.email);

CREATE CONSTRAINT tendril_past IF NOT EXISTS FOR (p:TendrilPast) REQUIRE p.number IS UNIQUE;

CREATE CONSTRAINT tendril_source IF NOT EXISTS FOR (s:TendrilSource) REQUIRE (s.number, s.fromRevision) IS UNIQUE;
CREATE CONSTRAINT tendril_revision IF NOT EXISTS FOR (r:TendrilRevision) REQUIRE r.revision IS UNIQUE;
CREATE INDEX tendril_revision_at IF NOT EXISTS FOR (r:TendrilRevision) ON (r.at);
CREATE CONSTRAINT tendril_audit IF NOT EXISTS FOR (a:TendrilAudit) REQUIRE a.seq IS UNIQUE;

CREATE CONSTRAINT tendril_head IF NOT EXISTS FOR (h:TendrilHead) REQUIRE h.one IS UNIQUE;
CREATE CONSTRAINT tendril_lease IF NOT EXISTS FOR (l:TendrilLease) REQUIRE l.one IS UNIQUE;
