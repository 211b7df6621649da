import { deriveRelationship, type RelationshipClaim } from '../../model/claims.js';
import type { Revision } from '../../model/revision.js';
import { codeAccess, codeNeeds, codeOpen, codeRequired, codeSustains } from '../../model/rows.js';
import type { RelationshipWrite } from '../draft.js';
import { codeOf } from '../relationship-code.js';
import { claimsFrom, claimsText, firstClaim, permissionAt, SEVERAL } from '../rows/relationship.js';
import type { Row, Value } from './connection.js';

/** The columns of a {@link RelationshipRow}. */
export const RELATIONSHIP_COLUMNS = 'r.code, r.claimant, r.reported_at, r.started_at, r.by_word, r.detail';

export type RelationshipRow = [
  code: number,
  claimant: number,
  reportedAt: number,
  /** null: the same as `reportedAt`. */
  startedAt: number | null,
  byWord: number,
  detail: string | null,
];

/** The values that few claims have, in `detail` of a relationship with one claimant; null there: the claim has none. */
type Rare = [
  how: string | null,
  lastReadAt: number | null,
  scopes: readonly string[],
  evidence: string | null,
];

/** The number of values that {@link pushRelationship} adds. */
export const VALUES_PER_ROW = 10;

/**
 * Adds the values of a row to `into`: from the number of the entity it leaves to the revision that writes it.
 *
 * @throws BAD_INPUT when it has no claim.
 */
export function pushRelationship(
  write: RelationshipWrite,
  ident: number,
  rev: Revision,
  into: Value[],
): void {
  const first = firstClaim(write);
  const code = codeOf(ident, deriveRelationship(write.claims));
  into.push(write.from, ident, write.to, code);
  if (write.claims.length > 1) {
    into.push(SEVERAL, 0, null, 0, claimsText(write.claims), rev);
    return;
  }
  const { source, reportedAt, startedAt, startedByWord } = first;
  into.push(
    source,
    reportedAt,
    startedAt === reportedAt ? null : startedAt,
    startedByWord ? 1 : 0,
    rare(first),
    rev,
  );
}

function rare({ how, lastReadAt, scopes, evidence }: RelationshipClaim): string | null {
  if (how === null && lastReadAt === null && evidence === null && scopes.length === 0) return null;
  return JSON.stringify([how, lastReadAt, scopes, evidence] satisfies Rare);
}

/** Reads the claims of a relationship. */
export function claimsOf(row: readonly [...RelationshipRow, ...Row]): RelationshipClaim[] {
  const [code, claimant, reportedAt, startedAt, byWord, detail] = row;
  if (claimant === SEVERAL) return claimsFrom(detail as string);
  const [how, lastReadAt, scopes, evidence]: Rare =
    detail === null ? [null, null, [], null] : (JSON.parse(detail) as Rare);
  return [
    {
      source: claimant,
      open: codeOpen(code),
      reportedAt,
      startedAt: startedAt ?? reportedAt,
      startedByWord: byWord === 1,
      needs: permissionAt(codeNeeds(code)),
      required: codeRequired(code),
      access: codeAccess(code),
      sustains: codeSustains(code),
      how,
      lastReadAt,
      scopes,
      evidence,
    },
  ];
}
