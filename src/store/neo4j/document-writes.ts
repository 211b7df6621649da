import type { Revision } from '../../model/revision.js';
import { textOf } from '../document-text.js';
import type { DocumentWrite } from '../journal.js';
import type { Run } from './connection.js';
import { addNote } from './draft-log.js';
import { integer } from './values.js';
import type { WriteLease } from './write-lease.js';

/**
 * Writes of documents: each version is a node of its own, beside the current version. Older versions are deleted as the
 * next one is written, so there is nothing to do after a commit. A long body is cut into parts: the first is in the
 * node of the document, the others are nodes beside it.
 */

/** The limits of one transaction, in characters and in documents, and the longest part of a body. */
const MAX_TEXT = 4_000_000;
const MAX_DOCUMENTS = 2000;
const PART = 1_000_000;

const FIND = `MATCH (d:TendrilDocument) USING INDEX SEEK d:TendrilDocument(collection, key, fromRevision)`;
const FORGET = `UNWIND $p.names AS name ${FIND}
  WHERE d.collection = name[0] AND d.key = name[1] AND d.fromRevision > 0
  WITH name, d ORDER BY d.fromRevision DESC WITH name, collect(d) AS forms
  UNWIND [d IN forms WHERE d.fromRevision > $p.base] + [d IN forms WHERE d.fromRevision <= $p.base][1..] AS old
  OPTIONAL MATCH (old)-[:TENDRIL_PART]->(part) DETACH DELETE old, part`;
const PUT = 'UNWIND $p.rows AS row CREATE (d:TendrilDocument) SET d = row';
const PUT_PARTS = `UNWIND $p.rows AS row ${FIND}
  WHERE d.collection = row.collection AND d.key = row.key AND d.fromRevision = $p.revision
  CREATE (d)-[:TENDRIL_PART]->(:TendrilDocumentPart {at: row.at, body: row.body})`;
const UNDO = `MATCH (d:TendrilDocument) WHERE d.fromRevision > $p.head WITH d LIMIT ${MAX_DOCUMENTS}
  OPTIONAL MATCH (d)-[:TENDRIL_PART]->(part) DETACH DELETE d, part RETURN count(*)`;

interface Cut {
  readonly collection: string;
  readonly key: string;
  readonly first: string;
  readonly rest: readonly string[];
}

interface Part {
  readonly collection: string;
  readonly key: string;
  readonly at: number;
  readonly body: string;
}

/** The documents that a draft has written and not yet sent, the last version of each. */
export class DocumentBuffer {
  private readonly waiting = new Map<string, Cut>();
  private size = 0;
  /** Whether a document was sent, which an abort has to undo. */
  used = false;

  constructor(
    private readonly lease: WriteLease,
    private readonly base: Revision,
  ) {}

  /** @throws BAD_INPUT for a name that no document can have */
  async put(document: DocumentWrite): Promise<void> {
    const text = textOf(document);
    const { collection, key } = document;
    const [first = '', ...rest] = partsOf(text);
    this.waiting.set(JSON.stringify([collection, key]), { collection, key, first, rest });
    this.size += text.length;
    if (this.size >= MAX_TEXT || this.waiting.size >= MAX_DOCUMENTS) await this.flush();
  }

  /** Sends all documents in transactions of their own, with a note for undoing them. */
  async flush(): Promise<void> {
    if (this.waiting.size === 0) return;
    this.used = true;
    const cuts = [...this.waiting.values()];
    this.waiting.clear();
    this.size = 0;
    await this.lease.write(async (run) => {
      await this.sendFirst(run, cuts);
      await addNote(run, { revision: this.revision, entities: [], relationships: [] });
    });
    const parts = cuts.flatMap(restOf);
    const few = MAX_TEXT / PART;
    for (let at = 0; at < parts.length; at += few) {
      const some = parts.slice(at, at + few);
      await this.lease.write((run) => this.sendParts(run, some));
    }
  }

  /** Sends the remaining documents in the transaction before the head moves. */
  async sendRest(run: Run): Promise<void> {
    const cuts = [...this.waiting.values()];
    await this.sendFirst(run, cuts);
    await this.sendParts(run, cuts.flatMap(restOf));
  }

  private get revision(): Revision {
    return this.base + 1;
  }

  private async sendFirst(run: Run, cuts: readonly Cut[]): Promise<void> {
    if (cuts.length === 0) return;
    await run(FORGET, {
      names: cuts.map(({ collection, key }) => [collection, key]),
      base: integer(this.base),
    });
    await run(PUT, {
      rows: cuts.map(({ collection, key, first, rest }) => ({
        collection,
        key,
        fromRevision: integer(this.revision),
        body: first,
        parts: integer(rest.length),
      })),
    });
  }

  private async sendParts(run: Run, parts: readonly Part[]): Promise<void> {
    if (parts.length === 0) return;
    const rows = parts.map((part) => ({ ...part, at: integer(part.at) }));
    await run(PUT_PARTS, { rows, revision: integer(this.revision) });
  }
}

/** Deletes every version after `head`. May be repeated. */
export async function undoDocuments(lease: WriteLease, head: Revision): Promise<void> {
  let more = true;
  while (more) {
    const deleted = await lease.write((run) => run<[number]>(UNDO, { head: integer(head) }));
    more = deleted === undefined || (deleted[0]?.[0] ?? 0) > 0;
  }
}

function restOf({ collection, key, rest }: Cut): Part[] {
  return rest.map((body, at) => ({ collection, key, at, body }));
}

/** Cuts a text into parts, but never between the two surrogates of a character, which have no UTF-8 of their own. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let from = 0;
  while (from < text.length) {
    let to = from + PART;
    if (/[\ud800-\udbff]/.test(text.charAt(to - 1))) to -= 1;
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts;
}
