/**
 * Randomness that is the same on every machine. It uses only integer arithmetic of 32 bits, and one division by a
 * power of two, which is exact in IEEE 754. It does not use Math.random, a clock, or a transcendental function,
 * whose last bit may differ between engines.
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

/** The number of a named random stream. It depends on the name only, so that a new stream does not change others. */
export function stream(name: string): number {
  return fnv1a(name, 0x811c9dc5);
}

/**
 * sfc32, the Small Fast Counting generator of Chris Doty-Humphrey (PractRand): 96 bits of chaotic state and a 32-bit
 * counter. It is small enough to create one for every human and team, so that their draws are independent.
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
    // Similar seeds give similar first draws, so the first ten are dropped.
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

  /** A whole number from 0 to `bound` − 1; 0 where `bound` is 0. */
  below(bound: number): number {
    return Math.floor((this.next() / TWO_32) * bound);
  }

  /** True in `percent` % of the draws. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  /**
   * A rank from 0 to `count` − 1, where low ranks are much more likely: Zipf's law, in whole numbers. Each octave (rank
   * 0; 1 and 2; 3 to 6; …) is as likely as the next, which is the exponent 1. Of `skew` draws the lowest octave counts.
   */
  rank(count: number, skew = 1): number {
    if (count <= 1) return 0;
    const octaves = 32 - Math.clz32(count);
    let octave = octaves;
    for (let draw = 0; draw < skew; draw += 1) octave = Math.min(octave, this.below(octaves));
    const first = 2 ** octave - 1;
    return first + this.below(Math.min(2 ** octave, count - first));
  }

  /** Up to `wanted` different ranks; fewer where the same ranks are drawn again. */
  ranks(count: number, wanted: number, skew = 1): number[] {
    const found: number[] = [];
    for (let draw = 0; draw < wanted * 2 && found.length < wanted; draw += 1) {
      const rank = this.rank(count, skew);
      if (!found.includes(rank)) found.push(rank);
    }
    return found;
  }
}

/** The seed of a company. Values are drawn by the name of a stream and a position in it, in any order. */
export class Seed {
  private readonly low: number;
  private readonly high: number;

  /** A number and its decimal text are the same seed, because a command line cannot distinguish them. */
  constructor(seed: number | string) {
    this.low = fnv1a(String(seed), 0x811c9dc5);
    this.high = fnv1a(String(seed), 0x9747b28c);
  }

  /** 32 bits: the value at `index` of a stream, always the same. */
  draw(name: number, index: number): number {
    return fmix32(fmix32(this.low ^ name) + Math.imul(index, 0x9e3779b1) + this.high);
  }

  /** A whole number from 0 to `bound` − 1: the value at `index` of a stream, always the same. */
  below(name: number, index: number, bound: number): number {
    return Math.floor((this.draw(name, index) / TWO_32) * bound);
  }

  /** A generator for the entity at `index` of a stream. */
  random(name: number, index: number): Random {
    return new Random(this.low ^ index, this.high ^ name, fmix32(index ^ name));
  }
}
