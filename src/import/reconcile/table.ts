import { KINDS, type Kind } from '../../model/kinds.js';

/** What an import knows of an entity, as bits. */
const BITS = {
  /** The store had it before this import. */
  before: 1,
  /** It is a grant for everybody or for a whole domain. */
  forAll: 2,
  /** Its source no longer claims it: it was missing from a full snapshot, or reported as ended. */
  absent: 4,
  /** It was absent before this import. */
  wasAbsent: 8,
  /** It is missing from a full snapshot of its source that could not read it, and stays as it was. */
  kept: 16,
  /** It was taken out of the state once, and this import brings it back. */
  returning: 32,
} as const;

export type Bit = keyof typeof BITS;

/**
 * What an import keeps of each entity that it has met: columns of bytes, by the number of the entity. Ten million
 * entities take 120 MB here, where objects would take gigabytes.
 */
export class EntityTable {
  private kinds = new Uint8Array(1024);
  private bits = new Uint8Array(1024);
  private inputs = new Uint16Array(1024);
  private rows = new Uint32Array(1024);
  private owners = new Uint32Array(1024);

  /** The kind of an entity, or undefined before it is known. */
  kindOf(number: number): Kind | undefined {
    return KINDS[(this.kinds[number] ?? 0) - 1];
  }

  setKind(number: number, kind: Kind): void {
    this.reach(number);
    this.kinds[number] = KINDS.indexOf(kind) + 1;
  }

  /** The source an entity belongs to; 0 before it is known. */
  ownerOf(number: number): number {
    return this.owners[number] ?? 0;
  }

  setOwner(number: number, source: number): void {
    this.reach(number);
    this.owners[number] = source;
  }

  has(number: number, bit: Bit): boolean {
    return ((this.bits[number] ?? 0) & BITS[bit]) !== 0;
  }

  set(number: number, bit: Bit, on: boolean): void {
    this.reach(number);
    const before = this.bits[number] as number;
    this.bits[number] = on ? before | BITS[bit] : before & ~BITS[bit];
  }

  /** Keeps the input that reports an entity, and the row there. */
  mention(number: number, input: number, row: number): void {
    this.reach(number);
    this.inputs[number] = input + 1;
    this.rows[number] = row;
  }

  /** The input that reports an entity, or undefined. */
  inputOf(number: number): number | undefined {
    const input = this.inputs[number] ?? 0;
    return input === 0 ? undefined : input - 1;
  }

  rowOf(number: number): number {
    return this.rows[number] ?? 0;
  }

  private reach(number: number): void {
    if (number < this.kinds.length) return;
    const length = Math.max(number + 1, this.kinds.length * 2);
    this.kinds = grown(new Uint8Array(length), this.kinds);
    this.bits = grown(new Uint8Array(length), this.bits);
    this.inputs = grown(new Uint16Array(length), this.inputs);
    this.rows = grown(new Uint32Array(length), this.rows);
    this.owners = grown(new Uint32Array(length), this.owners);
  }
}

function grown<T extends Uint8Array | Uint16Array | Uint32Array>(larger: T, before: T): T {
  larger.set(before);
  return larger;
}
