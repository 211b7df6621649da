import { MAX_PROBLEMS, type Problem, snapshotRefused } from '../../model/errors.js';
import { quote } from '../../model/quote.js';

/** The rules by which an item is refused: a closed set of stable names (semantics, section 7). */
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
  'DUPLICATE_EMAIL',
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

/** A problem of an item, without the place of the item. */
export interface Flaw {
  readonly field: string;
  readonly rule: ImportRule;
  readonly message: string;
}

/** The place of an item: its file, and its line or position there. Places are ordered as they are read. */
export interface Place {
  readonly input: number;
  readonly row: number;
  /** The row in words, e.g. `hr.ndjson:line 12` or `entities[3]`. It is made only for problems that are listed. */
  label(): string;
}

interface Kept extends Problem {
  readonly input: number;
  readonly order: number;
}

/** Collects the problems of an import: the first ones are kept, the rest only counted. */
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

  /** Whether further problems are only counted: then their messages need not be made. */
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
