import type { Revision } from '../../model/revision.js';
import type { Run } from './connection.js';
import { addNote } from './draft-log.js';
import { show, viewOf } from './entity-view.js';
import { type PreparedEntity, reserve, writeVersions } from './entity-writes.js';
import { KeyFilter } from './key-filter.js';
import type { Lease } from './lease.js';
import { keyText, type PreparedRelationship } from './relationship-row.js';
import { type Triple, writeRelationships } from './relationship-writes.js';

/** Rows written in one transaction, at most: a larger one takes the server's memory and is no faster. */
const BATCH = 5000;

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

  /** Sends all of it, in one transaction. */
  async flush(): Promise<void> {
    if (this.entities.size + this.relationships.size === 0) return;
    this.used = true;
    const entities = [...this.entities.values()];
    const relationships = [...this.relationships.values()];
    await this.lease.write((run) => this.send(run, entities, relationships));
    for (const { write, ident } of relationships) this.sent.add(write.from, ident, write.to);
    this.sentUpTo += this.numbers.size;
    this.entities.clear();
    this.relationships.clear();
    this.numbers.clear();
  }

  private async send(
    run: Run,
    entities: readonly PreparedEntity[],
    relationships: readonly PreparedRelationship[],
  ): Promise<void> {
    const known = entities.map(({ entity }) => entity.number).filter((number) => number <= this.lastKnown);
    const news = entities.filter(({ entity }) => entity.number > this.lastKnown);
    await reserve(
      run,
      [...this.numbers].filter(([, number]) => !this.entities.has(number)),
    );
    await show(
      run,
      news.map(({ entity }) => viewOf(entity, this.sourceId(entity.source))),
    );
    await writeVersions(run, entities, known, this.revision);
    const replacing = relationships
      .map(({ write, ident }): Triple => [write.from, ident, write.to])
      .filter((triple) => this.mayStand(...triple));
    await writeRelationships(run, relationships, replacing, this.revision);
    await addNote(run, {
      revision: this.revision,
      entities: known,
      relationships: replacing.filter(([from, , to]) => from <= this.lastKnown && to <= this.lastKnown),
    });
  }
}
