import { deriveRelationship, type RelationshipClaim, type SourceNumber } from '../../model/claims.js';
import type { RelationshipRecord } from '../../model/entity.js';
import { badInput } from '../../model/errors.js';
import { type Level, type Permission, permissionOf } from '../../model/levels.js';
import { RELATIONSHIP_TYPES, type RelationshipType } from '../../model/relationships.js';
import { codePermission, codeType } from '../../model/rows.js';
import type { RelationshipWrite } from '../draft.js';

/**
 * One version of a relationship, as every engine keeps it: a code (`model/rows.ts`), and its claims. Several claims are
 * one JSON text. A single claim is columns, which each engine reads itself: Neo4j shows them to people, SQLite keeps
 * them small, and a form between the two would be one more object for each row of an import.
 */

/** The value of the column `claimant` where the claims are kept as JSON. */
export const SEVERAL = -1;

/** The entities at the two ends. */
export interface Ends {
  readonly from: number;
  readonly fromId: string;
  readonly to: number;
  readonly toId: string;
}

/** Reads a version from its code (`model/rows.ts`) and its claims. */
export function asRelationship(
  code: number,
  claims: readonly RelationshipClaim[],
  { from, to, fromId, toId }: Ends,
): RelationshipRecord {
  return {
    type: RELATIONSHIP_TYPES[codeType(code)] as RelationshipType,
    permission: permissionAt(codePermission(code)),
    from,
    to,
    fromId,
    toId,
    ...deriveRelationship(claims),
    claims,
  };
}

/** The permission of a level (`model/levels.ts`); null for 0, which is none. */
export function permissionAt(level: number): Permission | null {
  return level === 0 ? null : permissionOf(level as Level);
}

/** Several claims as JSON, in order of source. */
export function claimsText(claims: readonly RelationshipClaim[]): string {
  return JSON.stringify([...claims].sort((a, b) => a.source - b.source));
}

/** Reads the text of {@link claimsText}. Texts from before sources could say `sustains` do not have it. */
export function claimsFrom(text: string): RelationshipClaim[] {
  const claims = JSON.parse(text) as RelationshipClaim[];
  return claims.map((claim) => (claim.sustains === undefined ? { ...claim, sustains: false } : claim));
}

/**
 * The first claim on a relationship that is written.
 *
 * @throws BAD_INPUT when it has none.
 */
export function firstClaim({ claims: [first] }: RelationshipWrite): RelationshipClaim {
  if (first === undefined) {
    throw badInput('A relationship is written without a claim; give the claims of its sources.');
  }
  return first;
}

/** Whether a source claims that a relationship is open. @param ended or that it has ended */
export function isClaimed({ claims }: RelationshipRecord, source: SourceNumber, ended: boolean): boolean {
  return claims.some((claim) => claim.source === source && (claim.open || ended));
}
