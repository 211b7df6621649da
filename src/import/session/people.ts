import { emailKey } from '../../model/email-address.js';

/** The live humans of an import by source and address, to find two with one address. */
export class People {
  private readonly first = new Map<string, number>();
  /** Two of one source with one address, both of this import. */
  readonly pairs: (readonly [number, number])[] = [];
  /** Humans who are new, live again or have another address, by address. */
  readonly changed = new Map<string, number[]>();

  readonly keyOf = emailKey;

  /** @param isChanged whether the store did not have this live human with this address */
  add(source: number, address: string, number: number, isChanged: boolean): void {
    const key = emailKey(address);
    const name = `${source} ${key}`;
    const other = this.first.get(name);
    if (other === undefined) this.first.set(name, number);
    else this.pairs.push([other, number]);
    if (!isChanged) return;
    const known = this.changed.get(key);
    if (known === undefined) this.changed.set(key, [number]);
    else known.push(number);
  }
}
