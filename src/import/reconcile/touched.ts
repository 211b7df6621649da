const EMPTY = 0;

/**
 * The relationships that an import has met, and the last input that has each: an exact hash map with open addressing in
 * one typed array, with 16 bytes a slot, at most two thirds full.
 */
export class TouchedRelationships {
  /** from, to, ident, input + 1; the last is {@link EMPTY} in a free slot. */
  private places = new Uint32Array(4 * 4096);
  private mask = 4095;
  private count = 0;

  /** Notes that an input has a relationship. @returns the input that had it before, or undefined */
  touch(from: number, to: number, ident: number, input: number): number | undefined {
    const at = this.find(from, to, ident);
    const before = this.places[at + 3] as number;
    this.places[at + 3] = input + 1;
    if (before !== EMPTY) return before - 1;
    this.places[at] = from;
    this.places[at + 1] = to;
    this.places[at + 2] = ident;
    this.count += 1;
    if (this.count * 3 > (this.mask + 1) * 2) this.grow();
    return undefined;
  }

  /** The last input that has a relationship, or undefined. */
  inputOf(from: number, to: number, ident: number): number | undefined {
    const input = this.places[this.find(from, to, ident) + 3] as number;
    return input === EMPTY ? undefined : input - 1;
  }

  /** The offset of the slot of a relationship, or of the free slot where it belongs. */
  private find(from: number, to: number, ident: number): number {
    const { places } = this;
    for (let slot = hash(from, to, ident) & this.mask; ; slot = (slot + 1) & this.mask) {
      const at = slot * 4;
      if (places[at + 3] === EMPTY) return at;
      if (places[at] === from && places[at + 1] === to && places[at + 2] === ident) return at;
    }
  }

  private grow(): void {
    const before = this.places;
    this.mask = this.mask * 2 + 1;
    this.places = new Uint32Array((this.mask + 1) * 4);
    for (let at = 0; at < before.length; at += 4) {
      if (before[at + 3] === EMPTY) continue;
      const place = this.find(before[at] as number, before[at + 1] as number, before[at + 2] as number);
      this.places.set(before.subarray(at, at + 4), place);
    }
  }
}

/** Spreads three integers over 32 bits (the finaliser of MurmurHash3 after a multiplication each). */
function hash(from: number, to: number, ident: number): number {
  let mixed = Math.imul(from, 0x9e3779b1) ^ Math.imul(to + ident * 0x1000193, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
