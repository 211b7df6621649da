import { RELATIONSHIP_TYPES, typeCode } from '../../model/relationships.js';
import { checkPage, cut } from '../page.js';
import type { RelationshipPage, RelationshipPlace, RelationshipsOf } from '../queries.js';
import { asRelationship } from '../rows/relationship.js';
import { endsOf, type Inward, placeOf } from '../rows/relationship-page.js';
import type { Connection, CypherStatement } from './connection.js';
import { groupBy } from './group-by.js';
import { orderTexts } from './order-text.js';
import type { ReadPoint } from './read-point.js';
import {
  claimsOf,
  IS_OPEN,
  RELATIONSHIP_COLUMNS,
  RELATIONSHIP_NAMES,
  type RelationshipRow,
  STANDS,
} from './relationship-row.js';
import { integer, integers } from './values.js';

/** Pages of the relationships of entities. */

const WANTED = `${STANDS} AND (q.ended OR ${IS_OPEN}) AND r.code % 32 IN q.types`;

/**
 * Every relationship of a query. `UNION` removes duplicates: a relationship that moves into the past meanwhile is found
 * in both places.
 */
function rowsOf(types: string): string {
  const side = (pattern: string, inward: Inward) => `WITH at, e, q ${pattern}
    WHERE q.${inward === 0 ? 'out' : 'in'} AND ${WANTED}
    RETURN ${RELATIONSHIP_COLUMNS}, ${inward} AS inward, o.id AS other, o.number AS otherNumber`;
  return [
    side(`MATCH (e)-[r${types}]->(o:Entity)`, 0),
    side(`MATCH (e)<-[r${types}]-(o:Entity)`, 1),
    side('MATCH (p:TendrilPast {number: e.number})-[r:TENDRIL_WAS]->(o:TendrilPast)', 0),
    side('MATCH (p:TendrilPast {number: e.number})<-[r:TENDRIL_WAS]-(o:TendrilPast)', 1),
  ].join(' UNION ');
}

/** The place of a query, as a list in the order of {@link PLACE}. */
const askedFor = (others: string) => `UNWIND $p.queries AS q
  WITH at, q, CASE WHEN q.type IS NULL THEN null
    ELSE [q.type, q.inward, ${others}[q.at], q.permission] END AS place
  MATCH (e:Entity {id: q.id}) USING INDEX SEEK e:Entity(id)`;
const PLACE = '[code % 32, inward, other, code / 32 % 4]';
const INSIDE = `(place IS NULL OR (q.later AND ${PLACE} > place) OR (NOT q.later AND ${PLACE} < place))`;

function pageCypher(asked: readonly NumberedQuery[], turn: 'ASC' | 'DESC'): string {
  return `${askedFor(othersOf(asked))} CALL { WITH at, e, q, place CALL { ${rowsOf(typesOf(asked))} }
      WITH * WHERE ${INSIDE}
      RETURN ${RELATIONSHIP_NAMES}, inward, other, otherNumber
      ORDER BY code % 32 ${turn}, inward ${turn}, other ${turn}, code / 32 % 4 ${turn} LIMIT $p.limit }
    RETURN ${RELATIONSHIP_NAMES}, inward, other, otherNumber, e.number, q.nth
    ORDER BY q.nth, code % 32 ${turn}, inward ${turn}, other ${turn}, code / 32 % 4 ${turn}`;
}

function countCypher(asked: readonly NumberedQuery[]): string {
  return `${askedFor(othersOf(asked))} CALL { WITH at, e, q, place CALL { ${rowsOf(typesOf(asked))} }
      RETURN count(*) AS total, count(CASE WHEN ${INSIDE} THEN 1 END) AS inside }
    RETURN q.nth, total, inside`;
}

type PageRow = [
  ...RelationshipRow,
  inward: Inward,
  other: string,
  otherNumber: number,
  number: number,
  place: number,
];

/** A query with its position among the queries. */
interface NumberedQuery extends RelationshipsOf {
  readonly nth: number;
}

/** Pages in the order of the queries: one round trip, and a second one where a page has not all relationships. */
export async function relationshipPages(
  connection: Connection,
  queries: readonly RelationshipsOf[],
  point: ReadPoint,
): Promise<RelationshipPage[]> {
  for (const query of queries) checkPage(query);
  if (queries.length === 0) return [];
  const asked = queries.map((query, nth) => ({ ...query, nth }));
  const groups = [...groupBy(asked, ({ fromEnd }) => (fromEnd === true ? 'DESC' : 'ASC'))];
  const answers = await connection.readAll<PageRow>(
    ...groups.map(([turn, some]): CypherStatement => {
      const limit = Math.max(...some.map((query) => query.limit)) + 1;
      return [
        `${point.cypher} ${pageCypher(some, turn)}`,
        { ...parametersOf(some, point), limit: integer(limit) },
      ];
    }),
  );
  const taken = groupBy(answers.flat(), (row) => row[14]);
  const partial = asked.filter((query) => !isAll(query, taken.get(query.nth)?.length ?? 0));
  const counts = await countsOf(connection, partial, point);
  return asked.map((query) => {
    const rows = (taken.get(query.nth) ?? []).slice(0, query.limit + 1);
    return pageOf(query, rows, counts.get(query.nth) ?? [rows.length, rows.length]);
  });
}

/** Whether a page has all relationships, as it has of most entities: then they need no count. */
function isAll({ after, before, limit }: NumberedQuery, taken: number): boolean {
  return after === undefined && before === undefined && taken <= limit;
}

type Counts = readonly [total: number, inside: number];

async function countsOf(
  connection: Connection,
  asked: readonly NumberedQuery[],
  point: ReadPoint,
): Promise<Map<number, Counts>> {
  if (asked.length === 0) return new Map();
  const rows = await connection.read<[nth: number, total: number, inside: number]>(
    `${point.cypher} ${countCypher(asked)}`,
    parametersOf(asked, point),
  );
  return new Map(rows.map(([nth, total, inside]) => [nth, [total, inside]]));
}

function pageOf(query: NumberedQuery, taken: readonly PageRow[], [total, inside]: Counts): RelationshipPage {
  const { rows, ...ends } = cut(query, taken, inside < total);
  return {
    relationships: rows.map((row) =>
      asRelationship(row[0], claimsOf(row), endsOf(row[10], row[13], query.id, row[12], row[11])),
    ),
    places: rows.map((row) => placeOf(row[0], row[10], row[11])),
    ...ends,
    total,
  };
}

/**
 * Where all queries ask for the same single type, the server does not read the other relationships of an entity. Sets
 * of several types would each be a statement of its own, which the server has to plan.
 */
function typesOf(asked: readonly RelationshipsOf[]): string {
  const [type, ...others] = new Set(asked.flatMap(({ types }) => types ?? RELATIONSHIP_TYPES));
  return type === undefined || others.length > 0 ? '' : `:${type}`;
}

const otherOf = ({ after, before }: RelationshipsOf) => (after ?? before)?.other ?? null;
const othersOf = (asked: readonly NumberedQuery[]) => orderTexts(asked.map(otherOf), '$p.others');

function parametersOf(asked: readonly NumberedQuery[], { revision }: ReadPoint) {
  return {
    at: integer(revision),
    others: asked.map(otherOf),
    queries: asked.map((query, at) => ({
      id: query.id,
      nth: integer(query.nth),
      at: integer(at),
      out: query.direction !== 'IN',
      in: query.direction !== 'OUT',
      ended: query.ended === true,
      types: integers((query.types ?? RELATIONSHIP_TYPES).map((type) => typeCode(type) as number)),
      later: query.after !== undefined,
      ...placeParameters(query.after ?? query.before),
    })),
  };
}

function placeParameters(place: RelationshipPlace | undefined) {
  if (place === undefined) return {};
  return {
    type: integer(typeCode(place.type) as number),
    inward: integer(place.direction === 'IN' ? 1 : 0),
    permission: integer(place.permission),
  };
}
