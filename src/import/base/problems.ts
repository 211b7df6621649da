import { MAX_PROBLEMS, type Problem, snapshotRefused } from '../../model/errors.js';
import { quote } from '../../model/quote.js';

/** Why an item is refused: a closed set, stable for those who build on it (semantics, section 7). */
export const IMPORT_RULES = [
  'BAD_JSON',
  'BAD_TEXT',
  'TOO_LONG',
  'EMPTY_SOURCE',
  'DUPLICATE_SOURCE',
  'UNKNOWN_KIND',
  'UNKNOWN_TYPE',
  'BAD_ID',
  'BAD_STATUS',
  'BAD_TIME',
  'BAD_PROPERTY',
  'DUPLICATE_ID',
  'ID_OWNED_ELSEWHERE',
  'KIND_CHANGED',
  'DANGLING_END',
  'WRONG_PAIR',
  'GRANT_ENDS',
  'CONSENT_FOR_ALL',
  'CYCLE',
  'CREDENTIAL_VALUE',
  'MASS_END',
] as const;

export type ImportRule = (typeof IMPORT_RULES)[number];

/** What is wrong in an item, before it is known where the item stands. */
export interface Flaw {
  readonly field: string;
  readonly rule: ImportRule;
  readonly message: string;
}

/** Where an item stands: which file, and its line or position there. The order of places is reading order. */
export interface Place {
  readonly input: number;
  readonly row: number;
  /** The row as people read it, e.g. `hr.ndjson:line 12` or `entities[3]`. Made only for what is listed. */
  label(): string;
}

interface Kept extends Problem {
  readonly input: number;
  readonly order: number;
}

/** Gathers the problems of an import: the first ones whole, of the rest only the number. */
export class Problems {
  private readonly kept: Kept[] = [];
  count = 0;

  add(place: Place, { field, rule, message }: Flaw): void {
    this.count += 1;
    if (this.kept.length >= MAX_PROBLEMS) return;
    this.kept.push({ row: place.label(), field, rule, message, input: place.input, order: place.row });
  }

  get any(): boolean {
    return this.count > 0;
  }

  /** Whether another problem would still be listed; what would not be need not be worded. */
  get full(): boolean {
    return this.kept.length >= MAX_PROBLEMS;
  }

  /** @throws SNAPSHOT_REFUSED when there is any. */
  refuseIfAny(): void {
    if (this.count === 0) return;
    const sorted = [...this.kept].sort((a, b) => a.input - b.input || a.order - b.order);
    const listed = sorted.map(({ row, field, rule, message }) => ({ row, field, rule, message }));
    throw snapshotRefused(listed, this.count);
  }
}

/** How many characters of a value a message repeats. */
const QUOTED = 80;

/** A value of a snapshot, quoted for a message. */
export function quoteValue(value: unknown): string {
  // Lists and objects are not written out: they may nest deeper than the stack is.
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return quote(String(value).toWellFormed(), QUOTED);
}
