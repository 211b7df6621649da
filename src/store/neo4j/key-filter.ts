/** The bits of the filter. With a million keys in it, the answer for one in forty other keys is "maybe". */
const BITS = 1 << 24;

/**
 * A Bloom filter of the relationships that a draft has written (B. Bloom, CACM 13/7, 1970). The answer "no" is always
 * right. After the answer "maybe" the store is read, as it would be for every relationship without the filter.
 */
export class KeyFilter {
  private readonly words = new Uint32Array(BITS / 32);
  private empty = true;

  add(from: number, ident: number, to: number): void {
    this.empty = false;
    for (const bit of bitsOf(from, ident, to)) this.words[bit >>> 5] = this.word(bit) | (1 << (bit & 31));
  }

  mayHave(from: number, ident: number, to: number): boolean {
    if (this.empty) return false;
    return bitsOf(from, ident, to).every((bit) => (this.word(bit) & (1 << (bit & 31))) !== 0);
  }

  private word(bit: number): number {
    return this.words[bit >>> 5] as number;
  }
}

function bitsOf(from: number, ident: number, to: number): [number, number] {
  const first = mixed(mixed(from) ^ Math.imul(to, 0x9e3779b1) ^ (ident << 20));
  return [first & (BITS - 1), mixed(first ^ to) & (BITS - 1)];
}

/** Spreads every bit over the whole word (the finalizer of MurmurHash3). */
function mixed(value: number): number {
  let word = value ^ (value >>> 16);
  word = Math.imul(word, 0x85ebca6b);
  word ^= word >>> 13;
  word = Math.imul(word, 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}
