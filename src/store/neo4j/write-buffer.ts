import type { Revision } from '../../model/revision.js';
import type { Run } from './connection.js';
import { addNote, type BatchNote } from './draft-log.js';
import { create, type EntityView, show, viewOf } from './entity-view.js';
import { addVersions, type PreparedEntity, putVersions, reserve } from './entity-writes.js';
import { KeyFilter } from './key-filter.js';
import type { Lease } from './lease.js';
import { keyText, type PreparedRelationship } from './relationship-row.js';
import { moveEnded, type Triple, writeRelationships } from './relationship-writes.js';

/** Rows written in one transaction, at most: a larger one takes the server's memory and is no faster. */
const BATCH = 5000;

/** What goes in one transaction. */
interface Batch {
  /** Numbers of entities that are not written yet. */
  readonly reserved: readonly (readonly [id: string, number: number])[];
  readonly created: readonly PreparedEntity[];
  /** New ones that this draft has sent before. */
  readonly again: readonly PreparedEntity[];
  /** Those that were there before this draft. */
  readonly known: readonly PreparedEntity[];
  readonly relationships: readonly PreparedRelationship[];
  /** What may stand in their place, from an earlier revision or from this draft. */
  readonly replacing: readonly Triple[];
}

/** What a draft has written and not yet sent: the last of each counts. */
export class WriteBuffer {
  /** Numbers given by this draft to ids that the store does not have yet. */
  readonly numbers = new Map<string, number>();
  readonly entities = new Map<number, PreparedEntity>();
  readonly relationships = new Map<string, PreparedRelationship>();
  private readonly sent = new KeyFilter();
  /** Whether anything went to the store, which an abort has to take back. */
  used = false;
  /** Entities above this number are not in the store yet. */
  private sentUpTo: number;

  /** @param lastKnown the highest number that a commit gave: only rows of these can have earlier versions. */
  constructor(
    private readonly lease: Lease,
    private readonly revision: Revision,
    private readonly lastKnown: number,
    private readonly sourceId: (source: number) => string | undefined,
  ) {
    this.sentUpTo = lastKnown;
  }

  get isFull(): boolean {
    return this.entities.size + this.relationships.size >= BATCH;
  }

  /** Whether a relationship of this name is here and not sent. */
  holds(from: number, ident: number, to: number): boolean {
    return this.relationships.has(keyText(from, ident, to));
  }

  /** Whether the store may have an entity of this number, from a commit or from this draft. */
  mayHave(number: number): boolean {
    return number <= this.sentUpTo;
  }

  /** Whether a row of this name may be in the store, from a commit or from this draft. */
  mayStand(from: number, ident: number, to: number): boolean {
    return (from <= this.lastKnown && to <= this.lastKnown) || this.sent.mayHave(from, ident, to);
  }

  /** Sends all of it, in a transaction of its own, with a note by which it can be undone. */
  async flush(): Promise<void> {
    if (this.entities.size + this.relationships.size === 0) return;
    this.used = true;
    const batch = this.batch();
    await this.lease.write(async (run) => {
      await this.send(run, batch);
      await addNote(run, this.noteOf(batch));
    });
    for (const { write, ident } of batch.relationships) this.sent.add(write.from, ident, write.to);
    this.sentUpTo += this.numbers.size;
    this.entities.clear();
    this.relationships.clear();
    this.numbers.clear();
  }

  /** Sends all of a draft that fits into one transaction, that which moves the head, and settles it there. */
  async sendWithHead(run: Run): Promise<void> {
    const batch = this.batch();
    await this.send(run, batch);
    await show(run, this.viewsOf(batch.known));
    await moveEnded(run, this.noteOf(batch).relationships, this.revision);
  }

  private batch(): Batch {
    const entities = [...this.entities.values()];
    const relationships = [...this.relationships.values()];
    const triples = relationships.map(({ write, ident }): Triple => [write.from, ident, write.to]);
    return {
      reserved: [...this.numbers].filter(([, number]) => !this.entities.has(number)),
      created: entities.filter(({ entity }) => entity.number > this.sentUpTo),
      again: entities.filter(({ entity: { number } }) => number > this.lastKnown && number <= this.sentUpTo),
      known: entities.filter(({ entity }) => entity.number <= this.lastKnown),
      relationships,
      replacing: triples.filter((triple) => this.mayStand(...triple)),
    };
  }

  private async send(run: Run, batch: Batch): Promise<void> {
    const { reserved, created, again, known, relationships, replacing } = batch;
    await reserve(run, reserved);
    await create(run, this.viewsOf(created));
    await show(run, this.viewsOf(again));
    await addVersions(run, created);
    await putVersions(run, [...again, ...known], this.revision);
    await writeRelationships(run, relationships, replacing, this.revision);
  }

  private viewsOf(prepared: readonly PreparedEntity[]): EntityView[] {
    return prepared.map(({ entity }) => viewOf(entity, this.sourceId(entity.source)));
  }

  private noteOf({ known, replacing }: Batch): BatchNote {
    return {
      revision: this.revision,
      entities: known.map(({ entity }) => entity.number),
      relationships: replacing.filter(([from, , to]) => from <= this.lastKnown && to <= this.lastKnown),
    };
  }
}
