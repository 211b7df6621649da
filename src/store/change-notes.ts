import type { RelationshipWrite } from './draft.js';
import { type Triple, triplesOf } from './relationship-code.js';

/** The rows that a commit changed: entity numbers, and the triples of relationships in one flat list. */
export type Changes = readonly [entities: readonly number[], relationships: readonly number[]];

/** The notes of a commit that has withdrawn rows: an index then begins anew. */
export const ANEW = 'anew';

/** A commit that changes more rows than this has no notes: an index then reads all rows. */
const MAX_NOTED = 5000;

/** The entities and relationships that several commits changed, each once. */
export function changedBy(commits: readonly Changes[]): { entities: Set<number>; relationships: Triple[] } {
  const triples = commits.flatMap(([, flat]) => triplesOf(flat));
  return {
    entities: new Set(commits.flatMap(([numbers]) => numbers)),
    relationships: [...new Map(triples.map((triple) => [triple.join(' '), triple])).values()],
  };
}

/** The rows that a draft has changed so far. */
export class ChangeNotes {
  private readonly entities: number[] = [];
  private readonly relationships: number[] = [];
  private any = false;
  private withdrew = false;
  /** Whether a claim says that a relationship `sustains`. */
  sustains = false;

  /** Whether anything was written at all. */
  get written(): boolean {
    return this.any;
  }

  /** null: there are too many. */
  get changes(): Changes | typeof ANEW | null {
    if (this.withdrew) return ANEW;
    return this.many ? null : [this.entities, this.relationships];
  }

  wrote(): void {
    this.any = true;
  }

  /** Rows of the graph were withdrawn. */
  withdrawn(): void {
    this.any = true;
    this.withdrew = true;
  }

  entity(number: number): void {
    this.any = true;
    if (!this.many) this.entities.push(number);
  }

  relationship({ from, to, claims }: RelationshipWrite, ident: number): void {
    this.any = true;
    this.sustains ||= claims.some((claim) => claim.sustains === true);
    if (!this.many) this.relationships.push(from, ident, to);
  }

  private get many(): boolean {
    return this.entities.length + this.relationships.length / 3 > MAX_NOTED;
  }
}
