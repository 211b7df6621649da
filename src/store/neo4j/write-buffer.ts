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

/** What is on its way to the store: nobody reads it there before it has arrived. */
interface Flight {
  readonly numbers: ReadonlyMap<string, number>;
  readonly entities: ReadonlyMap<number, PreparedEntity>;
  readonly relationships: ReadonlyMap<string, PreparedRelationship>;
  readonly arrived: Promise<void>;
}

/**
 * What a draft has written and not yet sent: the last of each counts. One batch is on its way while the next is
 * gathered, so that this process and the server work at the same time; never two, for batches are counted.
 */
export class WriteBuffer {
  readonly entities = new Map<number, PreparedEntity>();
  readonly relationships = new Map<string, PreparedRelationship>();
  /** Numbers given by this draft to ids that the store does not have yet. */
  private readonly numbers = new Map<string, number>();
  private flight: Flight | undefined;
  private readonly sent = new KeyFilter();
  /** Whether anything went to the store, which an abort has to take back. */
  used = false;
  /** Entities above this number are not in the store yet. */
  private sentUpTo: number;

  /** @param lastKnown the highest number that a commit gave: only rows of these can have earlier versions. */
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

  /** The number that this draft gave to an id, unless the store has it by now. */
  numberOf(id: string): number | undefined {
    return this.numbers.get(id) ?? this.flight?.numbers.get(id);
  }

  giveNumber(id: string, number: number): void {
    this.numbers.set(id, number);
  }

  /** Sees to it that the store has what was written of some entities. */
  async bringEntities(numbers: readonly number[]): Promise<void> {
    const among = (some: ReadonlyMap<number, unknown> | undefined) => numbers.some((one) => some?.has(one));
    if (among(this.entities)) await this.flush();
    else if (among(this.flight?.entities)) await this.arrived();
  }

  /** The same of some relationships. */
  async bringRelationships(triples: readonly Triple[]): Promise<void> {
    const keys = triples.map((triple) => keyText(...triple));
    const among = (some: ReadonlyMap<string, unknown> | undefined) => keys.some((key) => some?.has(key));
    if (among(this.relationships)) await this.flush();
    else if (among(this.flight?.relationships)) await this.arrived();
  }

  /** Whether the store may have an entity of this number, from a commit or from this draft. */
  mayHave(number: number): boolean {
    return number <= this.sentUpTo;
  }

  /** Whether a row of this name may be in the store, from a commit or from this draft. */
  mayStand(from: number, ident: number, to: number): boolean {
    return (from <= this.lastKnown && to <= this.lastKnown) || this.sent.mayHave(from, ident, to);
  }

  /** Sends all of it, and waits until it has arrived. */
  async flush(): Promise<void> {
    await this.handOver();
    await this.arrived();
  }

  /** Begins to send all of it, once what was sent before has arrived. */
  async handOver(): Promise<void> {
    await this.arrived();
    if (this.entities.size + this.relationships.size === 0) return;
    this.used = true;
    const arrived = this.sendAlone(this.batch());
    // Whoever writes, reads or commits next is told of a failure.
    arrived.catch(() => {});
    const { numbers, entities, relationships } = this;
    this.flight = {
      numbers: new Map(numbers),
      entities: new Map(entities),
      relationships: new Map(relationships),
      arrived,
    };
    for (const gone of [numbers, entities, relationships]) gone.clear();
  }

  /** Waits for what is on its way. @throws what became of it, every time: the draft cannot go on without it */
  async arrived(): Promise<void> {
    const { flight } = this;
    if (flight === undefined) return;
    await flight.arrived;
    if (this.flight !== flight) return;
    for (const { write, ident } of flight.relationships.values()) this.sent.add(write.from, ident, write.to);
    this.sentUpTo += flight.numbers.size;
    this.flight = undefined;
  }

  /** In a transaction of its own, with a note by which it can be undone. */
  private async sendAlone(batch: Batch): Promise<void> {
    await this.lease.write(async (run) => {
      await Promise.all([this.send(run, batch), addNote(run, this.noteOf(batch))]);
    });
  }

  /** Sends what is left, with a note, in the transaction that comes before the head moves. */
  async sendRest(run: Run): Promise<void> {
    this.used = true;
    const batch = this.batch();
    await Promise.all([this.send(run, batch), addNote(run, this.noteOf(batch))]);
  }

  /** Of a draft that was sent by {@link sendRest} alone: brings what people see to it, in the transaction of the head. */
  async showRest(run: Run): Promise<void> {
    const { known } = this.batch();
    await Promise.all([show(run, viewsOf(known)), moveEnded('copy', run, this.replaced(), this.revision)]);
  }

  /** The relationships of what is left that were there before the draft, and have to move into the past. */
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
    // Nobody waits for an answer before the next is sent: the server runs them in this order.
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
