import { deriveRelationship, type RelationshipClaim } from '../../model/claims.js';
import type { RelationshipRecord } from '../../model/entity.js';
import { badInput } from '../../model/errors.js';
import { type Level, permissionOf } from '../../model/levels.js';
import { RELATIONSHIP_TYPES, type RelationshipType } from '../../model/relationships.js';
import type { Revision } from '../../model/revision.js';
import { codeAccess, codeNeeds, codeOpen, codePermission, codeRequired, codeType } from '../../model/rows.js';
import type { RelationshipWrite } from '../draft.js';
import { codeOf } from '../relationship-code.js';
import type { Row, Value } from './connection.js';

/** `claimant` of a relationship that several claim. */
export const SEVERAL = -1;

/** The columns a relationship is read from, in this order. */
export const RELATIONSHIP_COLUMNS = 'r.code, r.claimant, r.reported_at, r.started_at, r.by_word, r.detail';

export type RelationshipRow = [
  code: number,
  claimant: number,
  reportedAt: number,
  /** null: when it was reported. */
  startedAt: number | null,
  byWord: number,
  detail: string | null,
];

/** What few claims say, in `detail` of a relationship with one claimant; null there: none of it. */
type Rare = [
  how: string | null,
  lastReadAt: number | null,
  scopes: readonly string[],
  evidence: string | null,
];

/** The number of values that {@link pushRelationship} adds. */
export const VALUES_PER_ROW = 10;

/**
 * Adds the values of a row, from the number it comes from to the revision it is of, to `into`.
 *
 * @throws BAD_INPUT when nobody claims it.
 */
export function pushRelationship(
  write: RelationshipWrite,
  ident: number,
  rev: Revision,
  into: Value[],
): void {
  const first = write.claims[0];
  if (first === undefined)
    throw badInput('A relationship is to be written that nobody claims; give its claims.');
  const code = codeOf(ident, deriveRelationship(write.claims));
  into.push(write.from, ident, write.to, code);
  if (write.claims.length > 1) {
    const claims = [...write.claims].sort((a, b) => a.source - b.source);
    into.push(SEVERAL, 0, null, 0, JSON.stringify(claims), rev);
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

/** Who stands at the two ends. */
export interface Ends {
  readonly from: number;
  readonly fromId: string;
  readonly to: number;
  readonly toId: string;
}

export function asRelationship(row: readonly [...RelationshipRow, ...Row], ends: Ends): RelationshipRecord {
  const claims = claimsOf(row);
  const permission = codePermission(row[0]);
  return {
    type: RELATIONSHIP_TYPES[codeType(row[0])] as RelationshipType,
    permission: permission === 0 ? null : permissionOf(permission as Level),
    from: ends.from,
    to: ends.to,
    fromId: ends.fromId,
    toId: ends.toId,
    ...deriveRelationship(claims),
    claims,
  };
}

function claimsOf(row: readonly [...RelationshipRow, ...Row]): RelationshipClaim[] {
  const [code, claimant, reportedAt, startedAt, byWord, detail] = row;
  if (claimant === SEVERAL) return JSON.parse(detail as string) as RelationshipClaim[];
  const [how, lastReadAt, scopes, evidence]: Rare =
    detail === null ? [null, null, [], null] : (JSON.parse(detail) as Rare);
  const needs = codeNeeds(code);
  return [
    {
      source: claimant,
      open: codeOpen(code),
      reportedAt,
      startedAt: startedAt ?? reportedAt,
      startedByWord: byWord === 1,
      needs: needs === 0 ? null : permissionOf(needs as Level),
      required: codeRequired(code),
      access: codeAccess(code),
      how,
      lastReadAt,
      scopes,
      evidence,
    },
  ];
}
