import type { Revision } from '../../model/revision.js';
import {
  codeOpen,
  ENTITY_FLAGS,
  type EntityColumns,
  type GraphRows,
  type RelationshipColumns,
} from '../../model/rows.js';
import type { Millis } from '../../model/time.js';
import { compareUtf8 } from '../../model/utf8.js';
import { Effectiveness } from '../effectiveness.js';
import type { GraphQuery, WholeView } from '../graph-state.js';
import { neighbourKey } from '../neighbour-key.js';
import type { EntityNumber, Visit } from '../view.js';
import { Adjacency, type Changes, GONE } from './adjacency.js';
import { EntityTable } from './entity-table.js';
import { SustainedEntities } from './sustained-entities.js';

/** One state of the graph in memory. It never changes; {@link with} gives the next one. */
export class MemoryIndex {
  private familyMembers: Map<number, EntityNumber[]> | undefined;
  private expiries: Float64Array | undefined;

  private constructor(
    readonly revision: Revision,
    readonly entities: EntityTable,
    readonly out: Adjacency,
    readonly into: Adjacency,
    readonly sustained: SustainedEntities,
    /** See `WholeView.content`. */
    readonly content: object = {},
  ) {}

  /**
   * Builds the index of a whole state from the batches of `scan(0, revision)`.
   *
   * @param giveWay lets other work of the process run between two long pieces of work
   */
  static async load(
    revision: Revision,
    batches: AsyncIterable<GraphRows>,
    giveWay: () => Promise<void> = async () => {},
  ): Promise<MemoryIndex> {
    const edges = new EdgeBuffer();
    const columns: EntityColumns[] = [];
    for await (const batch of batches) {
      columns.push(batch.entities);
      edges.push(batch.relationships);
    }
    const entities = EntityTable.empty().with(columns);
    const { from, to, code, count } = edges;
    await giveWay();
    const out = Adjacency.compress(from, to, code, count, entities.size);
    await giveWay();
    const into = Adjacency.compress(to, from, code, count, entities.size);
    return new MemoryIndex(revision, entities, out, into, SustainedEntities.among(edges, entities.size));
  }

  /** The state after the changes of `scan(this.revision, revision)`. */
  with(revision: Revision, batches: readonly GraphRows[]): MemoryIndex {
    if (batches.every(({ entities, relationships }) => entities.count + relationships.count === 0)) {
      return this.sameAt(revision);
    }
    const entities = this.entities.with(batches.map((batch) => batch.entities));
    const changedOut = new Map<EntityNumber, Changes>();
    const changedInto = new Map<EntityNumber, Changes>();
    const changed = batches.map((batch) => batch.relationships);
    for (const relationships of changed) {
      for (let row = 0; row < relationships.count; row += 1)
        note(relationships, row, changedOut, changedInto);
    }
    const out = this.out.with(changedOut, entities.size);
    const into = this.into.with(changedInto, entities.size);
    const after = {
      eachOut: (entity: EntityNumber, visit: Visit) => out.each(entity, visit),
      eachIn: (entity: EntityNumber, visit: Visit) => into.each(entity, visit),
    };
    const sustained = this.sustained.with(changed, after, entities.size);
    return new MemoryIndex(revision, entities, out, into, sustained);
  }

  /** The state after a commit that changed nothing in the graph, such as a step of a case or an audit event. */
  private sameAt(revision: Revision): MemoryIndex {
    const { entities, out, into, sustained, content } = this;
    const same = new MemoryIndex(revision, entities, out, into, sustained, content);
    same.familyMembers = this.familyMembers;
    same.expiries = this.expiries;
    return same;
  }

  /** A view of this state, with expiry judged at a moment. */
  at(now: Millis): WholeView {
    return new MemoryView(this, now);
  }

  /** Visits the tokens of a family. The families of a state are collected at the first call. */
  eachOfFamily(family: number, visit: (token: EntityNumber) => void): void {
    if (this.familyMembers === undefined) {
      this.familyMembers = new Map();
      const { families, size } = this.entities;
      for (let n = 1; n < size; n += 1) {
        const code = families[n]!;
        if (code === 0) continue;
        const members = this.familyMembers.get(code);
        if (members === undefined) this.familyMembers.set(code, [n]);
        else members.push(n);
      }
    }
    for (const token of this.familyMembers.get(family) ?? []) visit(token);
  }

  /** When the first live token expires after a moment. The times of a state are collected at the first call. */
  nextExpiryAfter(moment: Millis): Millis {
    this.expiries ??= expiriesOf(this.entities);
    const { expiries } = this;
    let low = 0;
    let high = expiries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (expiries[middle]! > moment) high = middle;
      else low = middle + 1;
    }
    return expiries[low] ?? Number.POSITIVE_INFINITY;
  }
}

/** The times at which live tokens expire, ascending. */
function expiriesOf({ flags, expiresAt, size }: EntityTable): Float64Array {
  const expires = (n: number) => (flags[n]! & ENTITY_FLAGS.live) !== 0 && Number.isFinite(expiresAt[n]!);
  const times: number[] = [];
  for (let n = 1; n < size; n += 1) if (expires(n)) times.push(expiresAt[n]!);
  return Float64Array.from(times).sort();
}

function note(
  columns: RelationshipColumns,
  row: number,
  out: Map<EntityNumber, Changes>,
  into: Map<EntityNumber, Changes>,
): void {
  const from = columns.from[row]!;
  const to = columns.to[row]!;
  const code = columns.code[row]!;
  const value = codeOpen(code) ? code : GONE;
  changesOf(out, from).set(neighbourKey(to, code), value);
  changesOf(into, to).set(neighbourKey(from, code), value);
}

function changesOf(all: Map<EntityNumber, Changes>, entity: EntityNumber): Changes {
  let changes = all.get(entity);
  if (changes === undefined) {
    changes = new Map();
    all.set(entity, changes);
  }
  return changes;
}

/** Collects relationships from the scan, in columns that grow, until they are compressed. */
class EdgeBuffer {
  from = new Uint32Array(1 << 16);
  to = new Uint32Array(1 << 16);
  code = new Uint16Array(1 << 16);
  count = 0;

  push(columns: RelationshipColumns): void {
    this.reserve(this.count + columns.count);
    this.from.set(columns.from.subarray(0, columns.count), this.count);
    this.to.set(columns.to.subarray(0, columns.count), this.count);
    this.code.set(columns.code.subarray(0, columns.count), this.count);
    this.count += columns.count;
  }

  private reserve(needed: number): void {
    if (needed <= this.from.length) return;
    const capacity = Math.max(needed, this.from.length * 2);
    const { from, to, code } = this;
    this.from = new Uint32Array(capacity);
    this.from.set(from);
    this.to = new Uint32Array(capacity);
    this.to.set(to);
    this.code = new Uint16Array(capacity);
    this.code.set(code);
  }
}

class MemoryView implements WholeView {
  private readonly effectiveness = new Effectiveness(this);
  readonly leftOut = null;
  readonly revision: Revision;
  readonly size: number;

  constructor(
    private readonly index: MemoryIndex,
    readonly now: Millis,
  ) {
    this.revision = index.revision;
    this.size = index.entities.size;
  }

  get whole(): WholeView {
    return this;
  }

  get content(): object {
    return this.index.content;
  }

  async query<T>(query: GraphQuery<T>): Promise<T> {
    return query(this);
  }

  async queryInPart<T>(query: GraphQuery<T>): Promise<T> {
    return query(this);
  }

  nextExpiryAfter(moment: Millis): Millis {
    return this.index.nextExpiryAfter(moment);
  }

  kindOf(entity: EntityNumber): number {
    return this.index.entities.kinds[entity]!;
  }

  isLive(entity: EntityNumber): boolean {
    const { flags, expiresAt } = this.index.entities;
    return (flags[entity]! & ENTITY_FLAGS.live) !== 0 && expiresAt[entity]! > this.now;
  }

  isEffective(entity: EntityNumber): boolean {
    return (
      this.isLive(entity) && (!this.index.sustained.has(entity) || this.effectiveness.isEffective(entity))
    );
  }

  mayHaveSustainer(entity: EntityNumber): boolean {
    return this.index.sustained.has(entity);
  }

  expiryOf(entity: EntityNumber): Millis {
    return this.index.entities.expiresAt[entity]!;
  }

  flagsOf(entity: EntityNumber): number {
    return this.index.entities.flags[entity]!;
  }

  sourceOf(entity: EntityNumber): number {
    return this.index.entities.sources[entity]!;
  }

  familyOf(token: EntityNumber): number {
    return this.index.entities.families[token]!;
  }

  eachOfFamily(family: number, visit: (token: EntityNumber) => void): void {
    this.index.eachOfFamily(family, visit);
  }

  idOf(entity: EntityNumber): string {
    return this.index.entities.idOf(entity);
  }

  numberOf(id: string): EntityNumber {
    return this.index.entities.numberOf(id);
  }

  compare(a: EntityNumber, b: EntityNumber): number {
    return compareUtf8(this.idOf(a), this.idOf(b));
  }

  eachOut(entity: EntityNumber, visit: Visit): void {
    this.index.out.each(entity, visit);
  }

  eachIn(entity: EntityNumber, visit: Visit): void {
    this.index.into.each(entity, visit);
  }
}
