import type { AuditEvent } from '../model/audit.js';
import type { Revision } from '../model/revision.js';
import type { Millis } from '../model/time.js';

/**
 * A JSON value that is kept beside the graph: a case, a plan, an action of a case, a checkpoint. Only its newest
 * form can be asked for; what changed when is in the audit events.
 */
export interface Document extends DocumentWrite {
  /** Of the commit that wrote it last. */
  readonly revision: Revision;
}

/** A document as it is to stand. */
export interface DocumentWrite {
  /** What kind of thing it is. Collections need not be made: one is there when it has a document. */
  readonly collection: string;
  /** Names it among those of its collection. Both follow the rules of ids (`idProblem`). */
  readonly key: string;
  /** Anything that JSON can say, and as large as tens of megabytes of it; it comes back as it was. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Which documents of a collection. */
export interface DocumentRange {
  /** Only keys that begin with this, letter for letter. */
  readonly prefix?: string;
  /** Only keys after this one, whether there is a document of that key or not. */
  readonly after?: string;
  /** 1 to `MAX_PAGE`. */
  readonly limit: number;
}

/** Which audit events: those for which everything that is said here holds. */
export interface AuditQuery {
  /** Only events with a higher `seq`. */
  readonly after?: number;
  /** Only events with a lower `seq`. */
  readonly before?: number;
  /** From the highest `seq` down; left out: from the lowest up. */
  readonly descending?: boolean;
  /** 1 to `MAX_PAGE`: the first ones in that order. */
  readonly limit: number;
  /** Only those of this case. */
  readonly case?: string;
  /** Only those about this entity. */
  readonly entity?: string;
  /** Only those of one of these types. */
  readonly types?: readonly string[];
  /** Only those by this subject. */
  readonly subject?: string;
  /** Only those of this moment and later. */
  readonly since?: Millis;
  /** Only those of this moment and earlier. */
  readonly until?: Millis;
}

/**
 * What the store remembers beside the graph: what was done, and what is being done. Every promise here is tested
 * by `test/contract` on every engine.
 *
 * - **Freshness.** Reads see the newest state that was acknowledged by any process, and never a part of a commit.
 * - **Not found.** A document that is not there is `undefined` in its place, whatever was asked for; lists are empty.
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

  /** Documents of a collection by key, in the order asked; one round trip for all. */
  documents(collection: string, keys: readonly string[]): Promise<(Document | undefined)[]>;

  /**
   * Documents of a collection, in order of key.
   *
   * @throws BAD_INPUT for a limit that no page has, and for a prefix or place with text that no key can have.
   */
  documentsFrom(collection: string, range: DocumentRange): Promise<Document[]>;
}
