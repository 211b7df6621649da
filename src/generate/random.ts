/**
 * Randomness that is the same on every machine: integer arithmetic of 32 bits only, and one division by a
 * power of two, which IEEE 754 makes exact. Nothing here asks Math.random, a clock or a transcendental
 * function (whose last bit may differ between engines).
 */

const TWO_32 = 4294967296;

/** 32-bit FNV-1a over UTF-16 units (Fowler, Noll, Vo); `basis` lets one text give several hashes. */
function fnv1a(text: string, basis: number): number {
  let hash = basis;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return hash >>> 0;
}

/** The finaliser of MurmurHash3 (Appleby): each bit of the input flips each bit of the output half the time. */
function fmix32(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The number of a named stream of draws. A name, not a position, so that a new stream moves no other. */
export function stream(name: string): number {
  return fnv1a(name, 0x811c9dc5);
}

/**
 * sfc32, the Small Fast Counting generator of Chris Doty-Humphrey (PractRand): 96 bits of chaotic state and
 * a 32-bit counter. Small enough to make one for every human and team, so no draw depends on another's.
 */
export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(a: number, b: number, c: number) {
    this.a = a;
    this.b = b;
    this.c = c;
    // Neighbouring seeds give neighbouring first draws until the state has been stirred.
    for (let round = 0; round < 10; round += 1) this.next();
  }

  /** The next 32 bits, from 0 to 2³² − 1. */
  next(): number {
    const result = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + result;
    this.c |= 0;
    return result >>> 0;
  }

  /** A whole number from 0 to `bound` − 1; 0 where there is no such number. */
  below(bound: number): number {
    return Math.floor((this.next() / TWO_32) * bound);
  }

  /** True in `percent` of a hundred draws. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  /**
   * A rank from 0 to `count` − 1, low ranks much oftener: Zipf's law, in whole numbers. Each octave (rank 0;
   * 1 and 2; 3 to 6; …) is as likely as the next, which is the exponent 1, and `skew` draws keep the lowest.
   */
  rank(count: number, skew = 1): number {
    if (count <= 1) return 0;
    const octaves = 32 - Math.clz32(count);
    let octave = octaves;
    for (let draw = 0; draw < skew; draw += 1) octave = Math.min(octave, this.below(octaves));
    const first = 2 ** octave - 1;
    return first + this.below(Math.min(2 ** octave, count - first));
  }

  /** Up to `wanted` different ranks; fewer where the low ones keep coming up. */
  ranks(count: number, wanted: number, skew = 1): number[] {
    const found: number[] = [];
    for (let draw = 0; draw < wanted * 2 && found.length < wanted; draw += 1) {
      const rank = this.rank(count, skew);
      if (!found.includes(rank)) found.push(rank);
    }
    return found;
  }
}

/** What everything is drawn from: by the name of a stream and a position in it, in any order. */
export class Seed {
  private readonly low: number;
  private readonly high: number;

  /** A number and its decimal text are the same seed, as a command line cannot tell them apart. */
  constructor(seed: number | string) {
    this.low = fnv1a(String(seed), 0x811c9dc5);
    this.high = fnv1a(String(seed), 0x9747b28c);
  }

  /** One draw of 32 bits: the fact at `index` of a stream, asked for as often as is wanted. */
  draw(name: number, index: number): number {
    return fmix32(fmix32(this.low ^ name) + Math.imul(index, 0x9e3779b1) + this.high);
  }

  /** A whole number from 0 to `bound` − 1 as the fact at `index`. */
  below(name: number, index: number, bound: number): number {
    return Math.floor((this.draw(name, index) / TWO_32) * bound);
  }

  /** A sequence of its own for `index`. */
  random(name: number, index: number): Random {
    return new Random(this.low ^ index, this.high ^ name, fmix32(index ^ name));
  }
}
