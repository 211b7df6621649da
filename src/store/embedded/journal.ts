import { TimeSlice } from '../../async/time-slice.js';
import type { AuditEvent } from '../../model/audit.js';
import type { AuditQuery, Document, DocumentRange, Journal } from '../journal.js';
import { lastEvent, readEvents } from './audit-table.js';
import type { Connection } from './connection.js';
import { type DocumentRow, readDocuments, readDocumentsFrom } from './document-table.js';

/** The journal of the embedded store. Each read is one statement, which sees one state. */
export class EmbeddedJournal implements Journal {
  constructor(private readonly connection: Connection) {}

  async auditEvents(query: AuditQuery): Promise<AuditEvent[]> {
    return readEvents(this.connection, query);
  }

  async auditHead(): Promise<AuditEvent | null> {
    return lastEvent(this.connection);
  }

  async documents(collection: string, keys: readonly string[]): Promise<(Document | undefined)[]> {
    const found = await asDocuments(collection, readDocuments(this.connection, collection, keys));
    const byKey = new Map(found.map((document) => [document.key, document]));
    return keys.map((key) => byKey.get(key));
  }

  async documentsFrom(collection: string, range: DocumentRange): Promise<Document[]> {
    return asDocuments(collection, readDocumentsFrom(this.connection, collection, range));
  }
}

/** Parses the bodies. This takes longer than reading them, so it gives way to the event loop. */
async function asDocuments(collection: string, rows: readonly DocumentRow[]): Promise<Document[]> {
  const slice = new TimeSlice();
  const documents: Document[] = [];
  for (const [key, revision, body] of rows) {
    documents.push({ collection, key, revision, body: JSON.parse(body) as Document['body'] });
    if (slice.isOver) await slice.giveWay();
  }
  return documents;
}
