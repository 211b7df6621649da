/**
 * The humans that an import has met, by email address. A human who is gone from the source counts only
 * where no present human has the address: that is the same person under a new id. The API and the cases follow the same
 * rule (src/store/human-by-email.ts).
 */
export class Addresses {
  private readonly present = new Map<string, number>();
  private readonly gone = new Map<string, number>();

  /**
   * @param address in the form in which addresses are compared (`emailKey`)
   * @param present whether the source still claims the human
   */
  add(address: string, number: number, present: boolean): void {
    const known = present ? this.present : this.gone;
    const other = known.get(address);
    known.set(address, other === undefined || other === number ? number : SEVERAL);
  }

  /** The number of the human with an address; 0 where several humans have it; undefined where none has. */
  get(address: string): number | undefined {
    return this.present.get(address) ?? this.gone.get(address);
  }
}

const SEVERAL = 0;
