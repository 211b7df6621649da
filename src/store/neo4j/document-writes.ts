import type { Revision } from '../../model/revision.js';
import { textOf } from '../document-text.js';
import type { DocumentWrite } from '../journal.js';
import type { Run } from './connection.js';
import { addNote } from './draft-log.js';
import { whole } from './values.js';
import type { WriteLease } from './write-lease.js';

/**
 * Documents as a draft writes them: each form is a node of its own, beside the form that stands. Forms older than
 * that one go as the next is written, so nothing has to be put in order after a commit. A body that is longer than
 * a transaction should be is cut into parts: the first is the document's own, the others are nodes beside it.
 */

/** What goes in one transaction, in characters and in documents; and the longest part of a body. */
const MOST_TEXT = 4_000_000;
const MOST_DOCUMENTS = 2000;
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
const UNDO = `MATCH (d:TendrilDocument) WHERE d.fromRevision > $p.head WITH d LIMIT ${MOST_DOCUMENTS}
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

/** What a draft has written of documents and not yet sent: the last of each counts. */
export class DocumentBuffer {
  private readonly waiting = new Map<string, Cut>();
  private size = 0;
  /** Whether anything went to the store, which an abort has to take back. */
  used = false;

  constructor(
    private readonly lease: WriteLease,
    private readonly base: Revision,
  ) {}

  /** @throws BAD_INPUT for what is no name of a document. */
  async put(document: DocumentWrite): Promise<void> {
    const text = textOf(document);
    const { collection, key } = document;
    const [first = '', ...rest] = partsOf(text);
    this.waiting.set(JSON.stringify([collection, key]), { collection, key, first, rest });
    this.size += text.length;
    if (this.size >= MOST_TEXT || this.waiting.size >= MOST_DOCUMENTS) await this.flush();
  }

  /** Sends all of it in transactions of their own, with a note by which it is found again. */
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
    const few = MOST_TEXT / PART;
    for (let at = 0; at < parts.length; at += few) {
      const some = parts.slice(at, at + few);
      await this.lease.write((run) => this.sendParts(run, some));
    }
  }

  /** Sends what is left in the transaction that comes before the head moves. */
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
      base: whole(this.base),
    });
    await run(PUT, {
      rows: cuts.map(({ collection, key, first, rest }) => ({
        collection,
        key,
        fromRevision: whole(this.revision),
        body: first,
        parts: whole(rest.length),
      })),
    });
  }

  private async sendParts(run: Run, parts: readonly Part[]): Promise<void> {
    if (parts.length === 0) return;
    const rows = parts.map((part) => ({ ...part, at: whole(part.at) }));
    await run(PUT_PARTS, { rows, revision: whole(this.revision) });
  }
}

/** Takes back every form after `head`. May be done again. */
export async function undoDocuments(lease: WriteLease, head: Revision): Promise<void> {
  let more = true;
  while (more) {
    const deleted = await lease.write((run) => run<[number]>(UNDO, { head: whole(head) }));
    more = deleted === undefined || (deleted[0]?.[0] ?? 0) > 0;
  }
}

function restOf({ collection, key, rest }: Cut): Part[] {
  return rest.map((body, at) => ({ collection, key, at, body }));
}

/** Never between the two halves of a character, which have no UTF-8 of their own. */
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
