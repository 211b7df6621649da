import {
  deriveRelationship,
  type RelationshipClaim,
  type RelationshipState,
  type SourceNumber,
} from '../../model/claims.js';
import { type RelationshipProperty, ruleOf } from '../../model/relationships.js';
import { codeAccess, codeNeeds, codeOpen, codeRequired, codeSustains } from '../../model/rows.js';
import type { RelationshipWrite } from '../draft.js';
import { codeOf, identOf, OPEN } from '../relationship-code.js';
import { claimsFrom, claimsText, firstClaim, permissionAt, SEVERAL } from '../rows/relationship.js';
import { columnsOf } from './columns.js';

/** The condition that the version `r` is the current one at `at`. */
export const STANDS = 'r.fromRevision <= at AND (r.toRevision IS NULL OR r.toRevision > at)';
/** The condition that a version says that the relationship is open. A higher bit may be set in an ended one too. */
export const IS_OPEN = `r.code / ${OPEN} % 2 = 1`;

/** The columns of a {@link RelationshipRow}. Each has a name, because UNION asks for the same names on both sides. */
export const RELATIONSHIP_COLUMNS = `r.code AS code, r.claimant AS claimant, r.startedAt.epochMillis AS startedAt,
  r.reportedAt AS reportedAt, r.startedByWord AS startedByWord, r.how AS how,
  r.lastReadAt.epochMillis AS lastReadAt, r.scopes AS scopes, r.evidence AS evidence, r.claims AS claims`;
export const RELATIONSHIP_NAMES =
  'code, claimant, startedAt, reportedAt, startedByWord, how, lastReadAt, scopes, evidence, claims';

export type RelationshipRow = [
  code: number,
  claimant: number,
  startedAt: number,
  /** null: the same as `startedAt`. */
  reportedAt: number | null,
  startedByWord: true | null,
  how: string | null,
  lastReadAt: number | null,
  scopes: string[] | null,
  evidence: string | null,
  claims: string | null,
];

/** The values of a row after its two ends. */
export const RELATIONSHIP = columnsOf(
  {
    code: 'integer',
    claimant: 'integer',
    startedAt: 'datetime',
    reportedAt: 'integer',
    startedByWord: 'plain',
    permission: 'plain',
    needs: 'plain',
    required: 'plain',
    access: 'plain',
    sustains: 'plain',
    how: 'plain',
    lastReadAt: 'datetime',
    scopes: 'plain',
    evidence: 'plain',
    source: 'plain',
    claims: 'plain',
  },
  2,
);
type Shown = Parameters<typeof RELATIONSHIP.row>[0];

/** A relationship as a draft writes it. */
export interface PreparedRelationship {
  readonly write: RelationshipWrite;
  readonly ident: number;
  readonly open: boolean;
  /** Its name within a draft. */
  readonly key: string;
  /** from, to, and the values of {@link RELATIONSHIP}. */
  readonly row: readonly unknown[];
}

export const keyText = (from: number, ident: number, to: number) => `${from} ${ident} ${to}`;

/**
 * @param sourceId the id of a source by its number
 * @throws BAD_INPUT when it has no claim.
 */
export function prepareRelationship(
  write: RelationshipWrite,
  sourceId: (source: SourceNumber) => string | undefined,
): PreparedRelationship {
  const first = firstClaim(write);
  const ident = identOf(write);
  const state = deriveRelationship(write.claims);
  const code = codeOf(ident, state);
  const plain = write.claims.length === 1 && isPlain(first);
  const columns = RELATIONSHIP.row({
    code,
    claimant: plain ? first.source : SEVERAL,
    startedAt: state.startedAt,
    ...shown(write, state),
    ...(plain ? besides(first) : { claims: claimsText(write.claims) }),
    source: write.claims.length === 1 ? sourceId(first.source) : null,
  });
  const { from, to } = write;
  return {
    write,
    ident,
    open: state.open,
    key: keyText(from, ident, to),
    row: [from, to, ...columns],
  };
}

/** Whether the visible properties keep all of a claim: well-formed text, and scopes without duplicates. */
function isPlain({ how, evidence, scopes }: RelationshipClaim): boolean {
  const wellFormed = [how, evidence, ...scopes].every((text) => text === null || text.isWellFormed());
  return wellFormed && new Set(scopes).size === scopes.length;
}

function besides({ reportedAt, startedAt, startedByWord }: RelationshipClaim): Shown {
  return {
    reportedAt: reportedAt === startedAt ? null : reportedAt,
    startedByWord: startedByWord ? true : null,
  };
}

/** The visible properties besides the start: those of the type, and the other values of the claims. */
function shown({ type, permission }: RelationshipWrite, state: RelationshipState): Shown {
  const { needs, required, access, sustains, how, lastReadAt, scopes, evidence } = state;
  const has = (property: RelationshipProperty) => ruleOf(type).properties.includes(property);
  return {
    permission,
    needs: has('needs') ? needs : null,
    required: has('required') ? required : null,
    access: has('access') ? access : null,
    sustains: has('sustains') ? sustains : null,
    how: how?.toWellFormed(),
    lastReadAt,
    scopes: scopes.length === 0 ? null : scopes.map((scope) => scope.toWellFormed()),
    evidence: evidence?.toWellFormed(),
  };
}

/** Reads the claims of a relationship. */
export function claimsOf(row: readonly [...RelationshipRow, ...unknown[]]): RelationshipClaim[] {
  const [code, source, startedAt, reportedAt, startedByWord, how, lastReadAt, scopes, evidence, claims] = row;
  if (claims !== null) return claimsFrom(claims);
  return [
    {
      source,
      open: codeOpen(code),
      reportedAt: reportedAt ?? startedAt,
      startedAt,
      startedByWord: startedByWord === true,
      needs: permissionAt(codeNeeds(code)),
      required: codeRequired(code),
      access: codeAccess(code),
      sustains: codeSustains(code),
      how,
      lastReadAt,
      scopes: scopes ?? [],
      evidence,
    },
  ];
}
