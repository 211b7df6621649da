import type { EntityColumns } from '../../model/rows.js';
import { FamilyCodes } from '../family-codes.js';
import { NO_KIND } from '../kind-codes.js';
import type { EntityNumber } from '../view.js';

/** The columns that never change for an entity, by its number. All states of an index share them. */
interface Identity {
  kind: Uint8Array;
  source: Uint32Array;
  readonly ids: string[];
  readonly numbers: Map<string, EntityNumber>;
}

/** The columns that may change for an entity. A state copies them before it changes them. */
interface Condition {
  flags: Uint8Array;
  expiresAt: Float64Array;
  family: Uint32Array;
}

/**
 * The entities of one state of the index, as columns. Later states share the columns that never change and copy the
 * others, so that a state stays as it is while queries still read it.
 */
export class EntityTable {
  private constructor(
    private readonly identity: Identity,
    private readonly condition: Condition,
    private readonly familyCodes: FamilyCodes,
    /** Every entity number is below this. */
    readonly size: number,
  ) {}

  static empty(): EntityTable {
    const identity = { kind: new Uint8Array(0), source: new Uint32Array(0), ids: [], numbers: new Map() };
    const condition = {
      flags: new Uint8Array(0),
      expiresAt: new Float64Array(0),
      family: new Uint32Array(0),
    };
    return new EntityTable(identity, condition, new FamilyCodes(), 0);
  }

  get kinds(): Uint8Array {
    return this.identity.kind;
  }
  get flags(): Uint8Array {
    return this.condition.flags;
  }
  get expiresAt(): Float64Array {
    return this.condition.expiresAt;
  }
  get families(): Uint32Array {
    return this.condition.family;
  }
  get sources(): Uint32Array {
    return this.identity.source;
  }

  idOf(entity: EntityNumber): string {
    return this.identity.ids[entity] ?? '';
  }

  numberOf(id: string): EntityNumber {
    const number = this.identity.numbers.get(id) ?? 0;
    // The map is shared with later states, which may have more entities.
    return number < this.size ? number : 0;
  }

  /** The table with entities added or changed. Only the newest state of an index may be extended. */
  with(batches: readonly EntityColumns[]): EntityTable {
    let size = this.size;
    for (const { entity, count } of batches) {
      for (let row = 0; row < count; row += 1) size = Math.max(size, entity[row]! + 1);
    }
    if (batches.every((batch) => batch.count === 0)) return this;
    grow(this.identity, size);
    const condition = copyFor(this.condition, size);
    const next = new EntityTable(this.identity, condition, this.familyCodes, size);
    for (const columns of batches) {
      for (let row = 0; row < columns.count; row += 1) next.set(columns, row);
    }
    return next;
  }

  private set(columns: EntityColumns, row: number): void {
    const { identity, condition } = this;
    const entity = columns.entity[row]!;
    const id = columns.id[row]!;
    identity.kind[entity] = columns.kind[row]!;
    identity.source[entity] = columns.source[row]!;
    identity.ids[entity] = id;
    identity.numbers.set(id, entity);
    condition.flags[entity] = columns.flags[row]!;
    condition.expiresAt[entity] = columns.expiresAt[row]!;
    condition.family[entity] = this.familyCodes.codeOf(columns.source[row]!, columns.family[row] ?? null);
  }
}

function grow(identity: Identity, size: number): void {
  if (identity.kind.length >= size) return;
  const capacity = Math.max(size, identity.kind.length * 2, 1024);
  const kind = new Uint8Array(capacity).fill(NO_KIND);
  kind.set(identity.kind);
  const source = new Uint32Array(capacity);
  source.set(identity.source);
  identity.kind = kind;
  identity.source = source;
}

function copyFor(condition: Condition, size: number): Condition {
  const capacity = Math.max(size, condition.flags.length);
  const flags = new Uint8Array(capacity);
  flags.set(condition.flags);
  const expiresAt = new Float64Array(capacity).fill(Number.POSITIVE_INFINITY);
  expiresAt.set(condition.expiresAt);
  const family = new Uint32Array(capacity);
  family.set(condition.family);
  return { flags, expiresAt, family };
}
