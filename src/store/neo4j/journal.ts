import type { AuditEvent } from '../../model/audit.js';
import type { AuditQuery, Document, DocumentRange, Journal } from '../journal.js';
import { lastEvent, readEvents } from './audit.js';
import type { Connection } from './connection.js';
import { readDocuments, readDocumentsFrom } from './document-reads.js';

/** The journal of a store in a Neo4j database. */
export class Neo4jJournal implements Journal {
  constructor(private readonly connection: Connection) {}

  auditEvents(query: AuditQuery): Promise<AuditEvent[]> {
    return readEvents(this.connection, query);
  }

  auditHead(): Promise<AuditEvent | null> {
    return lastEvent(this.connection);
  }

  documents(collection: string, keys: readonly string[]): Promise<(Document | undefined)[]> {
    return readDocuments(this.connection, collection, keys);
  }

  documentsFrom(collection: string, range: DocumentRange): Promise<Document[]> {
    return readDocumentsFrom(this.connection, collection, range);
  }
}
