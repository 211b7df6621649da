/** A set of actions of the catalogue, one bit for each index. It is not changed after it was returned. */
export class ActionSet {
  private constructor(private readonly words: Uint32Array) {}

  static of(size: number, members: Iterable<number>): ActionSet {
    const words = new Uint32Array(Math.ceil(size / 32));
    for (const member of members) words[member >>> 5] = (words[member >>> 5] ?? 0) | (1 << (member & 31));
    return new ActionSet(words);
  }

  has(member: number): boolean {
    return (((this.words[member >>> 5] ?? 0) >>> (member & 31)) & 1) === 1;
  }

  union(other: ActionSet): ActionSet {
    return this.combine(other, (mine, theirs) => mine | theirs);
  }

  intersection(other: ActionSet): ActionSet {
    return this.combine(other, (mine, theirs) => mine & theirs);
  }

  minus(other: ActionSet): ActionSet {
    return this.combine(other, (mine, theirs) => mine & ~theirs);
  }

  get isEmpty(): boolean {
    return this.words.every((word) => word === 0);
  }

  /** The indexes of the actions, ascending. */
  members(): number[] {
    const found: number[] = [];
    this.words.forEach((word, at) => {
      for (let bit = 0; word >>> bit !== 0 && bit < 32; bit += 1) {
        if ((word >>> bit) & 1) found.push(at * 32 + bit);
      }
    });
    return found;
  }

  private combine(other: ActionSet, how: (mine: number, theirs: number) => number): ActionSet {
    return new ActionSet(this.words.map((word, at) => how(word, other.words[at] ?? 0)));
  }
}
