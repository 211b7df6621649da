import type { Kind } from './kinds.js';
import type { RelationshipType } from './relationships.js';

/**
 * What an import found that bears on what cases have done (semantics, section 5, *After the case*). Entities are
 * named by number; a case by its id.
 */
export interface Findings {
  /** What a case ended and its source shows alive since; people who are here again among them. */
  readonly revived: readonly Revived[];
  /** Relationships that a case ended and that are open again. */
  readonly reopened: readonly Reopened[];
  /** What came of something that a case had ended. */
  readonly late: readonly LateFinding[];
}

export interface Revived {
  readonly number: number;
  readonly id: string;
  readonly kind: Kind;
  /** Statuses before this import and after it. */
  readonly before: string;
  readonly after: string;
  readonly case: string;
}

export interface Reopened {
  readonly type: RelationshipType;
  readonly from: number;
  readonly to: number;
  /** The case that ended it; null where that cannot be told. */
  readonly case: string | null;
}

export interface LateFinding {
  readonly number: number;
  /** What it came of, and how; null: it is of the family of a token that the case revoked. */
  readonly of: { readonly number: number; readonly type: RelationshipType } | null;
  readonly case: string;
}

/** Whether there is nothing in them. */
export const nothingFound = ({ revived, reopened, late }: Findings): boolean =>
  revived.length + reopened.length + late.length === 0;
