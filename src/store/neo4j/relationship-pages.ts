import { RELATIONSHIP_TYPES, type RelationshipType, typeCode } from '../../model/relationships.js';
import { codePermission, codeType } from '../../model/rows.js';
import { checkPage, cut } from '../page.js';
import type { RelationshipPage, RelationshipPlace, RelationshipsOf } from '../queries.js';
import { OPEN } from '../relationship-code.js';
import type { Connection, Statement } from './connection.js';
import { groupBy } from './group-by.js';
import {
  asRelationship,
  RELATIONSHIP_COLUMNS,
  RELATIONSHIP_NAMES,
  type RelationshipRow,
  STANDS,
} from './relationship-row.js';
import type { Moment } from './state.js';
import { whole, wholes } from './values.js';

/** Pages of the relationships of entities. */

const WANTED = `${STANDS} AND (q.ended OR r.code >= ${OPEN}) AND r.code % 32 IN q.types`;

/**
 * Every relationship that is asked about. `UNION` keeps each once: one that moves into the past meanwhile is
 * seen in both places.
 */
function rowsOf(types: string): string {
  const side = (pattern: string, inward: 0 | 1) => `WITH at, e, q ${pattern}
    WHERE q.${inward === 0 ? 'out' : 'in'} AND ${WANTED}
    RETURN ${RELATIONSHIP_COLUMNS}, ${inward} AS inward, o.id AS other, o.number AS otherNumber`;
  return [
    side(`MATCH (e)-[r:${types}]->(o:Entity)`, 0),
    side(`MATCH (e)<-[r:${types}]-(o:Entity)`, 1),
    side('MATCH (p:TendrilPast {number: e.number})-[r:TENDRIL_WAS]->(o:TendrilPast)', 0),
    side('MATCH (p:TendrilPast {number: e.number})<-[r:TENDRIL_WAS]-(o:TendrilPast)', 1),
  ].join(' UNION ');
}

const ASKED = `UNWIND $queries AS q MATCH (e:Entity {id: q.id}) USING INDEX SEEK e:Entity(id)`;
const PLACE = '[code % 32, inward, other, code / 32 % 4]';
const INSIDE = `(q.place IS NULL OR (q.later AND ${PLACE} > q.place) OR (NOT q.later AND ${PLACE} < q.place))`;

function pageCypher(types: string, turn: 'ASC' | 'DESC'): string {
  return `${ASKED} CALL { WITH at, e, q CALL { ${rowsOf(types)} }
      WITH * WHERE ${INSIDE}
      RETURN ${RELATIONSHIP_NAMES}, inward, other, otherNumber
      ORDER BY code % 32 ${turn}, inward ${turn}, other ${turn}, code / 32 % 4 ${turn} LIMIT $limit }
    RETURN ${RELATIONSHIP_NAMES}, inward, other, otherNumber, e.number, q.nth
    ORDER BY q.nth, code % 32 ${turn}, inward ${turn}, other ${turn}, code / 32 % 4 ${turn}`;
}

function countCypher(types: string): string {
  return `${ASKED} CALL { WITH at, e, q CALL { ${rowsOf(types)} }
      RETURN count(*) AS total, count(CASE WHEN ${INSIDE} THEN 1 END) AS inside }
    RETURN q.nth, total, inside`;
}

type PageRow = [
  ...RelationshipRow,
  inward: number,
  other: string,
  otherNumber: number,
  number: number,
  place: number,
];

/** A query with its place among those asked. */
interface Asked extends RelationshipsOf {
  readonly nth: number;
}

/** In the order asked; one round trip, and a second one where a page is not all there is. */
export async function relationshipPages(
  connection: Connection,
  queries: readonly RelationshipsOf[],
  moment: Moment,
): Promise<RelationshipPage[]> {
  for (const query of queries) checkPage(query);
  if (queries.length === 0) return [];
  const asked = queries.map((query, nth) => ({ ...query, nth }));
  const types = typesOf(asked);
  const groups = [...groupBy(asked, ({ fromEnd }) => (fromEnd === true ? 'DESC' : 'ASC'))];
  const answers = await connection.readAll<PageRow>(
    ...groups.map(([turn, some]): Statement => {
      const limit = Math.max(...some.map((query) => query.limit)) + 1;
      return [
        `${moment.cypher} ${pageCypher(types, turn)}`,
        { ...parametersOf(some, moment), limit: whole(limit) },
      ];
    }),
  );
  const taken = groupBy(answers.flat(), (row) => row[14]);
  const partial = asked.filter((query) => !isAll(query, taken.get(query.nth)?.length ?? 0));
  const counts = await countsOf(connection, partial, moment);
  return asked.map((query) => {
    const rows = (taken.get(query.nth) ?? []).slice(0, query.limit + 1);
    return pageOf(query, rows, counts.get(query.nth) ?? [rows.length, rows.length]);
  });
}

/** Most entities have one page, which is counted as it is read. */
function isAll({ after, before, limit }: Asked, taken: number): boolean {
  return after === undefined && before === undefined && taken <= limit;
}

type Counts = readonly [total: number, inside: number];

async function countsOf(
  connection: Connection,
  asked: readonly Asked[],
  moment: Moment,
): Promise<Map<number, Counts>> {
  if (asked.length === 0) return new Map();
  const rows = await connection.read<[nth: number, total: number, inside: number]>(
    `${moment.cypher} ${countCypher(typesOf(asked))}`,
    parametersOf(asked, moment),
  );
  return new Map(rows.map(([nth, total, inside]) => [nth, [total, inside]]));
}

function pageOf(query: Asked, taken: readonly PageRow[], [total, inside]: Counts): RelationshipPage {
  const { rows, ...ends } = cut(query, taken, inside < total);
  return {
    relationships: rows.map((row) => {
      const [inward, otherId, other, number] = [row[10], row[11], row[12], row[13]];
      return asRelationship(
        row,
        inward === 0
          ? { from: number, fromId: query.id, to: other, toId: otherId }
          : { from: other, fromId: otherId, to: number, toId: query.id },
      );
    }),
    places: rows.map(placeOf),
    ...ends,
    total,
  };
}

/** The types that any of the queries wants: an entity with many relationships is not looked through for others. */
function typesOf(asked: readonly RelationshipsOf[]): string {
  if (asked.some(({ types }) => types === undefined)) return RELATIONSHIP_TYPES.join('|');
  const wanted = new Set(asked.flatMap(({ types }) => types ?? []));
  const types = RELATIONSHIP_TYPES.filter((type) => wanted.has(type));
  return types.length === 0 ? RELATIONSHIP_TYPES.join('|') : types.join('|');
}

function parametersOf(asked: readonly Asked[], { revision }: Moment) {
  return {
    at: whole(revision),
    queries: asked.map(({ id, nth, direction, ended, types = RELATIONSHIP_TYPES, after, before }) => ({
      id,
      nth: whole(nth),
      out: direction !== 'IN',
      in: direction !== 'OUT',
      ended: ended === true,
      types: wholes(types.map((type) => typeCode(type) as number)),
      place: placeList(after ?? before),
      later: after !== undefined,
    })),
  };
}

function placeList(place: RelationshipPlace | undefined): unknown[] | null {
  if (place === undefined) return null;
  const { type, direction, other, permission } = place;
  return [whole(typeCode(type) as number), whole(direction === 'IN' ? 1 : 0), other, whole(permission)];
}

function placeOf(row: PageRow): RelationshipPlace {
  return {
    type: RELATIONSHIP_TYPES[codeType(row[0])] as RelationshipType,
    direction: row[10] === 0 ? 'OUT' : 'IN',
    other: row[11],
    permission: codePermission(row[0]),
  };
}
