import type { AuditEvent } from '../model/audit.js';
import type { Revision } from '../model/revision.js';
import type { Millis } from '../model/time.js';

/**
 * A JSON value beside the graph: a case, a plan, an action of a case, a checkpoint. Only its newest version can be
 * read; the audit events tell what changed when.
 */
export interface Document extends DocumentWrite {
  /** The revision of the commit that wrote it last. */
  readonly revision: Revision;
}

/** A document that is written. */
export interface DocumentWrite {
  /** The kind of the document. A collection needs no creation: it is there when it has a document. */
  readonly collection: string;
  /** The name of the document within its collection. Both follow the rules of ids (`idProblem`). */
  readonly key: string;
  /** Any JSON object, up to tens of megabytes. It comes back unchanged. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A range of the documents of a collection, in order of key. */
export interface DocumentRange {
  /** Only keys that begin with this text, in the same case. */
  readonly prefix?: string;
  /** Only keys after this one, whether it has a document or not. */
  readonly after?: string;
  /** 1 to `MAX_PAGE`. */
  readonly limit: number;
}

/** A selection of audit events: those that meet every condition here. */
export interface AuditQuery {
  /** Only events with a higher `seq`. */
  readonly after?: number;
  /** Only events with a lower `seq`. */
  readonly before?: number;
  /** From the highest `seq` down. Left out: from the lowest up. */
  readonly descending?: boolean;
  /** How many events at most, 1 to `MAX_PAGE`: the first ones in that order. */
  readonly limit: number;
  /** Only events of this case. */
  readonly case?: string;
  /** Only events about this entity. */
  readonly entity?: string;
  /** Only events of one of these types. */
  readonly types?: readonly string[];
  /** Only events of an actor with this subject. */
  readonly subject?: string;
  /** Only events at this time or later. */
  readonly since?: Millis;
  /** Only events at this time or earlier. */
  readonly until?: Millis;
}

/**
 * The records of a store beside the graph: the audit events, and the documents of work in progress. `test/contract`
 * tests every promise here on every engine.
 *
 * - **Freshness.** A read sees the newest state that any process acknowledged, and never a part of a commit.
 * - **Not found.** An unknown document is `undefined` in its place, whatever its name; a list is empty.
 * - **Order.** Keys compare by their UTF-8 bytes.
 * - **Errors.** `TendrilError` with UNAVAILABLE when the store cannot be reached or read.
 *
 * Written with `Draft.putDocuments` and `Draft.commit`.
 */
export interface Journal {
  /**
   * Audit events, in order of `seq`.
   *
   * @throws BAD_INPUT for a limit that no page has.
   */
  auditEvents(query: AuditQuery): Promise<AuditEvent[]>;

  /** The last event; null before the first. */
  auditHead(): Promise<AuditEvent | null>;

  /** Documents of a collection by key, in the order of `keys`; one round trip for all. */
  documents(collection: string, keys: readonly string[]): Promise<(Document | undefined)[]>;

  /**
   * Documents of a collection, in order of key.
   *
   * @throws BAD_INPUT for a limit that no page has, and for a prefix or a place with text that no key can have.
   */
  documentsFrom(collection: string, range: DocumentRange): Promise<Document[]>;
}
