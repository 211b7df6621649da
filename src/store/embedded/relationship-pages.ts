import { RELATIONSHIP_TYPES, type RelationshipType, typeCode } from '../../model/relationships.js';
import type { Revision } from '../../model/revision.js';
import { codeIdentity, codeType } from '../../model/rows.js';
import { compareUtf8 } from '../../model/utf8.js';
import { checkPage, cut } from '../page.js';
import type { RelationshipPage, RelationshipsOf } from '../queries.js';
import { OPEN } from '../relationship-code.js';
import { asRelationship } from '../rows/relationship.js';
import { endsOf, type Inward, placeOf } from '../rows/relationship-page.js';
import type { Connection, Named } from './connection.js';
import { numberOf } from './nodes.js';
import { pageOfMany } from './relationship-hub.js';
import { hasMany, type Stretch } from './relationship-order.js';
import { claimsOf, RELATIONSHIP_COLUMNS, type RelationshipRow } from './relationship-row.js';
import type { SizeBoundedCache } from './size-bounded-cache.js';

/** Pages of the relationships of one entity. */

const STANDS = `r.from_rev <= $at AND r.to_rev > $at AND ($ended OR r.code & ${OPEN})
  AND ($types >> (r.ident & 31)) & 1`;

/** One direction. Two statements that are merged here take a fifth of the time of one UNION. */
interface Side {
  readonly inward: Inward;
  /** The number of the other end. */
  readonly other: string;
  readonly rows: string;
}

const OUT: Side = {
  inward: 0,
  other: 'r.to_n',
  rows: `FROM relationship r JOIN node d ON d.n = r.to_n WHERE r.from_n = $n AND ${STANDS}`,
};
const IN: Side = {
  inward: 1,
  other: 'r.from_n',
  rows: `FROM incoming i
    CROSS JOIN relationship r ON r.from_n = i.from_n AND r.ident = i.ident AND r.to_n = i.to_n
    CROSS JOIN node d ON d.n = i.from_n WHERE i.to_n = $n AND ${STANDS}`,
};
const SIDES: Readonly<Record<RelationshipsOf['direction'], readonly Side[]>> = {
  OUT: [OUT],
  IN: [IN],
  BOTH: [OUT, IN],
};

type Bound = 'none' | 'after' | 'before';

function boundSql(bound: Bound, { inward }: Side): string {
  if (bound === 'none') return 'TRUE';
  return `(r.ident & 31, ${inward}, d.id, r.ident >> 5) ${bound === 'after' ? '>' : '<'} ($type, $inward, $other, $permission)`;
}

function pageSql(side: Side, bound: Bound, fromEnd: boolean): string {
  const turn = fromEnd ? 'DESC' : 'ASC';
  return `SELECT ${RELATIONSHIP_COLUMNS}, ${side.inward}, d.id, ${side.other} ${side.rows} AND ${boundSql(bound, side)}
    ORDER BY r.ident & 31 ${turn}, d.id ${turn}, r.ident >> 5 ${turn} LIMIT $limit`;
}

function countSql(side: Side, bound: Bound): string {
  return `SELECT count(*), count(*) FILTER (WHERE ${boundSql(bound, side)}) ${side.rows}`;
}

type PageRow = [...RelationshipRow, inward: Inward, other: string, otherNumber: number];

const NOTHING: RelationshipPage = {
  relationships: [],
  places: [],
  hasNext: false,
  hasPrevious: false,
  total: 0,
};

/** A page of the relationships of an entity. Where it has many, they are sorted once and cached. */
export function relationshipPage(
  connection: Connection,
  stretches: SizeBoundedCache<Stretch>,
  query: RelationshipsOf,
  at: Revision,
): RelationshipPage | Promise<RelationshipPage> {
  checkPage(query);
  const n = numberOf(connection, query.id);
  if (n === 0) return NOTHING;
  if (hasMany(connection, n, query.direction)) return pageOfMany(connection, stretches, query, n, at);
  return pageOfFew(connection, query, n, at);
}

/** A page of few relationships, which SQLite sorts. */
function pageOfFew(
  connection: Connection,
  query: RelationshipsOf,
  n: number,
  at: Revision,
): RelationshipPage {
  const bound: Bound = query.after ? 'after' : query.before ? 'before' : 'none';
  const values = valuesOf(query, n, at);
  const taken = take(connection, query, bound, values);
  const [total, inside] = countsOf(connection, query, bound, values, taken.length);
  const { rows, ...ends } = cut(query, taken, inside < total);
  return {
    relationships: rows.map((row) =>
      asRelationship(row[0], claimsOf(row), endsOf(row[6], n, query.id, row[8], row[7])),
    ),
    places: rows.map((row) => placeOf(row[0], row[6], row[7])),
    ...ends,
    total,
  };
}

/** Up to one row more than the page has, from the end from which the page is taken. */
function take(connection: Connection, query: RelationshipsOf, bound: Bound, values: Named): PageRow[] {
  const fromEnd = query.fromEnd === true;
  const limited = { ...values, limit: query.limit + 1 };
  const sides = SIDES[query.direction].map((side) =>
    connection.all<PageRow>(pageSql(side, bound, fromEnd), limited),
  );
  if (sides.length === 1) return sides[0] as PageRow[];
  const sign = fromEnd ? -1 : 1;
  return sides
    .flat()
    .sort((a, b) => sign * compareRows(a, b))
    .slice(0, query.limit + 1);
}

function compareRows(a: PageRow, b: PageRow): number {
  return (
    codeType(a[0]) - codeType(b[0]) ||
    a[6] - b[6] ||
    compareUtf8(a[7], b[7]) ||
    codeIdentity(a[0]) - codeIdentity(b[0])
  );
}

/** The count of all rows, and of those on the side of the place. Most entities have one page: its rows are all. */
function countsOf(
  connection: Connection,
  query: RelationshipsOf,
  bound: Bound,
  values: Named,
  taken: number,
): readonly [total: number, inside: number] {
  if (bound === 'none' && taken <= query.limit) return [taken, taken];
  const counts = SIDES[query.direction].map(
    (side) => connection.get<[number, number]>(countSql(side, bound), values) as [number, number],
  );
  return [sum(counts.map(([total]) => total)), sum(counts.map(([, inside]) => inside))];
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

const EVERY_TYPE = typeBits(RELATIONSHIP_TYPES);

function typeBits(types: readonly RelationshipType[]): number {
  return types.reduce((all, type) => all | (1 << (typeCode(type) as number)), 0);
}

function valuesOf(query: RelationshipsOf, n: number, at: Revision): Named {
  const place = query.after ?? query.before;
  return {
    n,
    at,
    ended: query.ended === true ? 1 : 0,
    types: query.types === undefined ? EVERY_TYPE : typeBits(query.types),
    ...(place && {
      type: typeCode(place.type) as number,
      inward: place.direction === 'IN' ? 1 : 0,
      other: place.other,
      permission: place.permission,
    }),
  };
}
