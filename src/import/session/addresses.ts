/**
 * The humans that an import has met, by address in lower case. One who is gone from the source counts only where
 * nobody who is there has the address: who comes back under a new id is meant, and not who left.
 */
export class Addresses {
  private readonly there = new Map<string, number>();
  private readonly gone = new Map<string, number>();

  /** `present`: its source claims it still. */
  add(address: string, number: number, present: boolean): void {
    const known = present ? this.there : this.gone;
    const other = known.get(address);
    known.set(address, other === undefined || other === number ? number : SEVERAL);
  }

  /** The number of the human an address means; 0: several have it; undefined: nobody has. */
  get(address: string): number | undefined {
    return this.there.get(address) ?? this.gone.get(address);
  }
}

const SEVERAL = 0;
