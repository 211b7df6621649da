import type { Kind } from './kinds.js';
import type { RelationshipType } from './relationships.js';

/**
 * What an import shows about entities and relationships that cases have ended (semantics, section 5, *After the case*).
 * Entities are given by number, cases by id.
 */
export interface Findings {
  /** Entities that a case ended and that their source reports alive since, people who have returned among them. */
  readonly revived: readonly Revived[];
  /** Relationships that a case ended and that are open again. */
  readonly reopened: readonly Reopened[];
  /** Credentials that were derived from something that a case had ended. */
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
  /** The case that ended it; null where that is unknown. */
  readonly case: string | null;
}

export interface LateFinding {
  readonly number: number;
  /** From which entity it was derived, and how; null: it is in the family of a token that the case revoked. */
  readonly of: { readonly number: number; readonly type: RelationshipType } | null;
  readonly case: string;
}

/** Whether there are no findings. */
export const nothingFound = ({ revived, reopened, late }: Findings): boolean =>
  revived.length + reopened.length + late.length === 0;
