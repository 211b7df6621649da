import * as fc from 'fast-check';
import type { Kind } from '../../../src/model/kinds.js';
import type { RelationshipType } from '../../../src/model/relationships.js';
import type { Feature } from '../../reference/built.js';
import { TABLE, type TableRow } from '../../reference/table.js';

/** A relationship before its ends are chosen: a number picks each among the entities of fitting kinds. */
export interface RelationshipDraft {
  readonly type: RelationshipType;
  readonly from: Pick;
  readonly to: Pick;
  readonly traits: Traits;
}

/** The `at`-th entity (counted round) of these kinds. */
export interface Pick {
  readonly kinds: readonly Kind[];
  readonly at: number;
}

/** What a document may say of a relationship; what its type does not have is left out there. */
export interface Traits {
  readonly permission: string | undefined;
  readonly needs: string | undefined;
  readonly required: boolean | undefined;
  readonly access: boolean | undefined;
  readonly sustains: boolean | undefined;
  /** Which of the sources reports it, by position. */
  readonly source: number;
  /** A delta ends it. */
  readonly endedLater: boolean;
  /** Names the human by address. */
  readonly byEmail: boolean;
}

const permission = fc.constantFrom(undefined, 'READ', 'WRITE', 'ADMIN');
const usually = fc.constantFrom(undefined, undefined, true, true, false);

export const traitsArbitrary: fc.Arbitrary<Traits> = fc.record({
  permission,
  needs: permission,
  required: usually,
  access: usually,
  sustains: fc.constantFrom(...Array<undefined>(8).fill(undefined), false, true),
  source: fc.nat(2),
  endedLater: fc.constantFrom(...Array<boolean>(15).fill(false), true),
  byEmail: fc.constantFrom(false, false, false, true),
});

/** How often each type is picked by itself; those left out come as seldom as the least. */
const WEIGHTS: Partial<Record<RelationshipType, number>> = {
  ...{ HAS_ACCOUNT: 8, MEMBER_OF: 7, OWNS: 9, GRANTED: 6, TO_APP: 4, ISSUED: 7, DELEGATED_TO: 6 },
  ...{ STORED_IN: 8, COPY_OF: 6, CREDENTIAL_OF: 7, KNOWS: 7, CAN_READ: 4, CAN_ASSUME: 6, HAS_SECRET: 4 },
  ...{
    DEFINED_IN: 4,
    USES: 9,
    RUNS_AS: 5,
    TRIGGERS: 6,
    DEPENDS_ON: 6,
    CAN_ACCESS: 8,
    CONTAINS: 4,
    MANAGES: 4,
  },
};

/** What the code does not have yet is picked by nobody. */
function rowsOf(row: TableRow, built: ReadonlySet<Feature>): readonly TableRow[] {
  if (row.type === 'MANAGES' && !built.has('MANAGES')) return [];
  const missing = {
    ...(built.has('CAN_ASSUME Group') ? {} : { CAN_ASSUME: 'Group' }),
    ...(built.has('DEPENDS_ON Resource') ? {} : { DEPENDS_ON: 'Resource' }),
  } as Partial<Record<RelationshipType, Kind>>;
  return [{ ...row, to: row.to.filter((kind) => kind !== missing[row.type]) }];
}

export function relationshipArbitrary(built: ReadonlySet<Feature>): fc.Arbitrary<RelationshipDraft> {
  const rows = TABLE.flatMap((row) => rowsOf(row, built));
  const pickable = rows.flatMap((row) => Array.from({ length: WEIGHTS[row.type] ?? 1 }, () => row));
  return fc
    .tuple(fc.constantFrom(...pickable), fc.nat(999), fc.nat(999), traitsArbitrary)
    .map(([row, from, to, traits]) => ({
      type: row.type,
      from: { kinds: row.from, at: from },
      to: { kinds: row.to, at: to },
      traits,
    }));
}
