// Documents beside the graph, and what audit events are asked by.

CREATE CONSTRAINT tendril_document IF NOT EXISTS FOR (d:TendrilDocument) REQUIRE (d.collection, d.key, d.fromRevision) IS UNIQUE;
CREATE INDEX tendril_document_revision IF NOT EXISTS FOR (d:TendrilDocument) ON (d.fromRevision);

CREATE INDEX tendril_audit_case IF NOT EXISTS FOR (a:TendrilAudit) ON (a.caseId, a.seq);
CREATE INDEX tendril_audit_entity IF NOT EXISTS FOR (a:TendrilAudit) ON (a.entityId, a.seq);
