import type { SourceNumber } from '../../model/claims.js';
import type { SourceRecord } from '../../model/entity.js';
import { checkText } from '../text.js';

/** The sources in a draft: those of the head, with the changes of the draft. They are written by its commit. */
export class DraftSources {
  private readonly byId: Map<string, SourceRecord>;
  private readonly byNumber: Map<SourceNumber, SourceRecord>;
  private readonly put = new Set<string>();
  /** Numbers of sources that were there before this draft and are withdrawn. */
  readonly withdrawn = new Set<SourceNumber>();
  private readonly standing: ReadonlySet<SourceNumber>;

  constructor(
    standing: readonly SourceRecord[],
    private last: SourceNumber,
  ) {
    this.standing = new Set(standing.map(({ number }) => number));
    this.byId = new Map(standing.map((source) => [source.id, source]));
    this.byNumber = new Map(standing.map((source) => [source.number, source]));
  }

  /** The highest number that was assigned. */
  get lastNumber(): SourceNumber {
    return this.last;
  }

  get changed(): SourceRecord[] {
    return [...this.put].map((id) => this.byId.get(id) as SourceRecord);
  }

  find(id: string): SourceRecord | undefined {
    return this.byId.get(id);
  }

  withNumber(number: SourceNumber): SourceRecord | undefined {
    return this.byNumber.get(number);
  }

  withdraw(number: SourceNumber): void {
    const id = this.byNumber.get(number)?.id;
    if (id === undefined) return;
    this.byNumber.delete(number);
    this.byId.delete(id);
    this.put.delete(id);
    if (this.standing.has(number)) this.withdrawn.add(number);
  }

  /** @throws BAD_INPUT for text that no engine keeps. */
  write(source: Omit<SourceRecord, 'number'>): SourceNumber {
    checkText('source', source.id, source.vendor, source.name, source.actuation);
    let number = this.byId.get(source.id)?.number;
    if (number === undefined) {
      this.last += 1;
      number = this.last;
    }
    const record = { ...source, number };
    this.byId.set(source.id, record);
    this.byNumber.set(number, record);
    this.put.add(source.id);
    return number;
  }
}
