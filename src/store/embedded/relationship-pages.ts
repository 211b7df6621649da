import { RELATIONSHIP_TYPES, type RelationshipType, typeCode } from '../../model/relationships.js';
import type { Revision } from '../../model/revision.js';
import type { RelationshipPage, RelationshipPlace, RelationshipsOf } from '../queries.js';
import type { Connection, Named } from './connection.js';
import { numberOf } from './nodes.js';
import { checkPage, cut } from './page.js';
import { asRelationship, OPEN, RELATIONSHIP_COLUMNS, type RelationshipRow } from './relationship-row.js';

/** Pages of the relationships of one entity. */

const STANDS = `r.from_rev <= $at AND r.to_rev > $at AND ($ended OR r.code & ${OPEN})
  AND ($types >> (r.ident & 31)) & 1`;

/** Both directions in one: the place of each row in the order of a page, and what it is read from. */
const AROUND = `(
  SELECT r.ident & 31 AS type, 0 AS inward, r.to_n AS other, r.ident >> 5 AS permission, ${RELATIONSHIP_COLUMNS}
    FROM relationship r WHERE $out AND r.from_n = $n AND ${STANDS}
  UNION ALL
  SELECT r.ident & 31, 1, r.from_n, r.ident >> 5, ${RELATIONSHIP_COLUMNS}
    FROM incoming i CROSS JOIN relationship r ON r.from_n = i.from_n AND r.ident = i.ident AND r.to_n = i.to_n
    WHERE $in AND i.to_n = $n AND ${STANDS}
)`;
const PLACE = '(a.type, a.inward, d.id, a.permission)';
const ASKED = '($type, $inward, $other, $permission)';

const BOUNDS = { none: 'TRUE', after: `${PLACE} > ${ASKED}`, before: `${PLACE} < ${ASKED}` };
const FORWARD = 'a.type, a.inward, d.id, a.permission';
const BACKWARD = 'a.type DESC, a.inward DESC, d.id DESC, a.permission DESC';

const pageSql = (bound: string, order: string) =>
  `SELECT a.code, a.claimant, a.reported_at, a.started_at, a.by_word, a.detail,
    a.type, a.inward, d.id, a.permission, a.other
  FROM ${AROUND} a JOIN node d ON d.n = a.other WHERE ${bound} ORDER BY ${order} LIMIT $limit`;
const countSql = (bound: string) =>
  bound === BOUNDS.none
    ? `SELECT count(*), count(*) FROM ${AROUND} a`
    : `SELECT count(*), count(*) FILTER (WHERE ${bound}) FROM ${AROUND} a JOIN node d ON d.n = a.other`;

type PageRow = [
  ...RelationshipRow,
  type: number,
  inward: number,
  other: string,
  permission: number,
  otherNumber: number,
];

const NOTHING: RelationshipPage = {
  relationships: [],
  places: [],
  hasNext: false,
  hasPrevious: false,
  total: 0,
};

export function relationshipPage(
  connection: Connection,
  query: RelationshipsOf,
  at: Revision,
): RelationshipPage {
  checkPage(query);
  const n = numberOf(connection, query.id);
  if (n === 0) return NOTHING;
  const bound = BOUNDS[query.after ? 'after' : query.before ? 'before' : 'none'];
  const values = valuesOf(query, n, at);
  const order = query.fromEnd === true ? BACKWARD : FORWARD;
  const taken = connection.all<PageRow>(pageSql(bound, order), { ...values, limit: query.limit + 1 });
  const [total, inside] = countsOf(connection, query, bound, values, taken.length);
  const { rows, ...ends } = cut(query, taken, inside < total);
  return {
    relationships: rows.map((row) => {
      const [other, otherId] = [row[10], row[8]];
      const ends =
        row[7] === 0
          ? { from: n, fromId: query.id, to: other, toId: otherId }
          : { from: other, fromId: otherId, to: n, toId: query.id };
      return asRelationship(row, ends);
    }),
    places: rows.map(placeOf),
    ...ends,
    total,
  };
}

/** All rows, and those on the side asked for. Most entities have one page, which is then counted already. */
function countsOf(
  connection: Connection,
  query: RelationshipsOf,
  bound: string,
  values: Named,
  taken: number,
): readonly [number, number] {
  if (bound === BOUNDS.none && taken <= query.limit) return [taken, taken];
  return connection.get<[number, number]>(countSql(bound), values) as [number, number];
}

function valuesOf(query: RelationshipsOf, n: number, at: Revision): Named {
  const place = query.after ?? query.before;
  const types = query.types ?? RELATIONSHIP_TYPES;
  return {
    n,
    at,
    ended: query.ended === true ? 1 : 0,
    types: types.reduce((all, type) => all | (1 << (typeCode(type) as number)), 0),
    out: query.direction === 'IN' ? 0 : 1,
    in: query.direction === 'OUT' ? 0 : 1,
    ...(place && {
      type: typeCode(place.type) as number,
      inward: place.direction === 'IN' ? 1 : 0,
      other: place.other,
      permission: place.permission,
    }),
  };
}

function placeOf(row: PageRow): RelationshipPlace {
  const [type, inward, other, permission] = [row[6], row[7], row[8], row[9]];
  return {
    type: RELATIONSHIP_TYPES[type] as RelationshipType,
    direction: inward === 0 ? 'OUT' : 'IN',
    other,
    permission,
  };
}
