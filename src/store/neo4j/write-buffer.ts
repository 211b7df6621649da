import type { Revision } from '../../model/revision.js';
import type { Triple } from '../relationship-code.js';
import type { Run } from './connection.js';
import { addNote, type BatchNote } from './draft-log.js';
import { create, type EntityView, show } from './entity-view.js';
import { addVersions, type PreparedEntity, putVersions, reserve } from './entity-writes.js';
import { KeyFilter } from './key-filter.js';
import { keyText, type PreparedRelationship } from './relationship-row.js';
import { moveEnded, writeRelationships } from './relationship-writes.js';
import type { WriteLease } from './write-lease.js';

/** The most rows of one transaction: a larger one needs more memory of the server and is no faster. */
const BATCH = 5000;

/** The rows of one transaction. */
interface Batch {
  /** Numbers that were assigned to entities without a row yet. */
  readonly reserved: readonly (readonly [id: string, number: number])[];
  readonly created: readonly PreparedEntity[];
  /** New entities that this draft has sent before. */
  readonly again: readonly PreparedEntity[];
  /** Entities from before this draft. */
  readonly known: readonly PreparedEntity[];
  readonly relationships: readonly PreparedRelationship[];
  /** Relationships that may have a current row, from an earlier revision or from this draft. */
  readonly replacing: readonly Triple[];
}

/** A batch under way to the store. A read of the store may miss it until it has arrived. */
interface BatchUnderWay {
  readonly numbers: ReadonlyMap<string, number>;
  readonly entities: ReadonlyMap<number, PreparedEntity>;
  readonly relationships: ReadonlyMap<string, PreparedRelationship>;
  readonly arrived: Promise<void>;
}

/**
 * The rows that a draft has written and not yet sent, the last version of each. One batch is under way while the next is
 * filled, so that this process and the server work at the same time. There are never two, because the lease counts them.
 */
export class WriteBuffer {
  readonly entities = new Map<number, PreparedEntity>();
  readonly relationships = new Map<string, PreparedRelationship>();
  /** Numbers that this draft has assigned to ids that are not in the store yet. */
  private readonly numbers = new Map<string, number>();
  private underWay: BatchUnderWay | undefined;
  private readonly sent = new KeyFilter();
  /** Whether a batch was sent, which an abort has to undo. */
  used = false;
  /** Entities above this number are not in the store yet. */
  private sentUpTo: number;

  /** @param lastKnown the last number of the head: only rows of entities up to it can have earlier versions */
  constructor(
    private readonly lease: WriteLease,
    private readonly revision: Revision,
    private readonly lastKnown: number,
  ) {
    this.sentUpTo = lastKnown;
  }

  get isFull(): boolean {
    return this.entities.size + this.relationships.size >= BATCH;
  }

  /** The number that this draft has assigned to an id, unless the store has it by now. */
  numberOf(id: string): number | undefined {
    return this.numbers.get(id) ?? this.underWay?.numbers.get(id);
  }

  giveNumber(id: string, number: number): void {
    this.numbers.set(id, number);
  }

  /** Makes sure that the store has the rows of some entities. */
  async bringEntities(numbers: readonly number[]): Promise<void> {
    const among = (some: ReadonlyMap<number, unknown> | undefined) => numbers.some((one) => some?.has(one));
    if (among(this.entities)) await this.flush();
    else if (among(this.underWay?.entities)) await this.arrived();
  }

  /** Makes sure that the store has the rows of some relationships. */
  async bringRelationships(triples: readonly Triple[]): Promise<void> {
    const keys = triples.map((triple) => keyText(...triple));
    const among = (some: ReadonlyMap<string, unknown> | undefined) => keys.some((key) => some?.has(key));
    if (among(this.relationships)) await this.flush();
    else if (among(this.underWay?.relationships)) await this.arrived();
  }

  /** Whether the store may have an entity of this number, from a commit or from this draft. */
  mayHave(number: number): boolean {
    return number <= this.sentUpTo;
  }

  /** Whether a relationship may be in the store, from a commit or from this draft. */
  mayStand(from: number, ident: number, to: number): boolean {
    return (from <= this.lastKnown && to <= this.lastKnown) || this.sent.mayHave(from, ident, to);
  }

  /** Sends all rows, and waits until they have arrived. */
  async flush(): Promise<void> {
    await this.handOver();
    await this.arrived();
  }

  /** Begins to send all rows, once the batch before has arrived. */
  async handOver(): Promise<void> {
    await this.arrived();
    if (this.entities.size + this.relationships.size === 0) return;
    this.used = true;
    const arrived = this.sendAlone(this.batch());
    // The next call of the draft gets the error.
    arrived.catch(() => {});
    const { numbers, entities, relationships } = this;
    this.underWay = {
      numbers: new Map(numbers),
      entities: new Map(entities),
      relationships: new Map(relationships),
      arrived,
    };
    for (const gone of [numbers, entities, relationships]) gone.clear();
  }

  /** Waits for the batch under way. @throws its error, every time: the draft cannot go on without it */
  async arrived(): Promise<void> {
    const { underWay } = this;
    if (underWay === undefined) return;
    await underWay.arrived;
    if (this.underWay !== underWay) return;
    for (const { write, ident } of underWay.relationships.values())
      this.sent.add(write.from, ident, write.to);
    this.sentUpTo += underWay.numbers.size;
    this.underWay = undefined;
  }

  /** Sends a batch in a transaction of its own, with a note for undoing it. */
  private async sendAlone(batch: Batch): Promise<void> {
    await this.lease.write(async (run) => {
      await Promise.all([this.send(run, batch), addNote(run, this.noteOf(batch))]);
    });
  }

  /** Sends the remaining rows, with a note, in the transaction before the head moves. */
  async sendRest(run: Run): Promise<void> {
    this.used = true;
    const batch = this.batch();
    await Promise.all([this.send(run, batch), addNote(run, this.noteOf(batch))]);
  }

  /** Updates the graph that people see, in the transaction of the head, for a draft that only {@link sendRest} has sent. */
  async showRest(run: Run): Promise<void> {
    const { known } = this.batch();
    await Promise.all([show(run, viewsOf(known)), moveEnded('copy', run, this.replaced(), this.revision)]);
  }

  /** The remaining relationships that replace an earlier row, which has to move into the past. */
  replaced(): readonly Triple[] {
    return this.noteOf(this.batch()).relationships;
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
    // All statements are sent without waiting for answers; the server runs them in this order.
    await Promise.all([
      reserve(run, reserved),
      create(run, viewsOf(created)),
      show(run, viewsOf(again)),
      addVersions(run, created),
      putVersions(run, [...again, ...known], this.revision),
      writeRelationships(run, relationships, replacing, this.revision),
    ]);
  }

  private noteOf({ known, replacing }: Batch): BatchNote {
    return {
      revision: this.revision,
      entities: known.map(({ entity }) => entity.number),
      relationships: replacing.filter(([from, , to]) => from <= this.lastKnown && to <= this.lastKnown),
    };
  }
}

function viewsOf(prepared: readonly PreparedEntity[]): EntityView[] {
  return prepared.map(({ view }) => view);
}
