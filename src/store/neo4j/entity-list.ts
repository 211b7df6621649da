import { KINDS, kindCode, STATUS_CODES } from '../../model/kinds.js';
import { ENTITY_FLAGS } from '../../model/rows.js';
import { checkPage, cut } from '../page.js';
import type { EntityPage, EntityPlace, EntityQuery } from '../queries.js';
import type { Connection } from './connection.js';
import { asEntity, type EntityRow, RETURN_ENTITY } from './entity-row.js';
import type { Moment } from './state.js';
import { whole, wholes } from './values.js';

/** Pages of entities. */

/** What each order compares. Neo4j compares text by its code points, which is the order of its UTF-8 bytes. */
const ORDERS: Readonly<Record<EntityQuery['order']['field'], string>> = {
  ID: 'v.id',
  NAME: 'v.name',
  KIND: 'v.kind',
  CREATED_AT: 'v.createdAt',
  LAST_USED_AT: 'v.lastUsedAt',
};

const EXPIRED = '(v.expiresAt IS NOT NULL AND v.expiresAt <= $now)';
const ACTIVE = STATUS_CODES.indexOf('ACTIVE');
/** Stands for EXPIRED among the codes of `$statuses`: above all that are stored. */
const EXPIRED_CODE = 31;
const STATUS = `CASE WHEN v.status = ${ACTIVE} AND ${EXPIRED} THEN ${EXPIRED_CODE} ELSE v.status END`;
const LIVE = `(v.flags % ${ENTITY_FLAGS.live * 2} >= ${ENTITY_FLAGS.live} AND NOT ${EXPIRED})`;

export async function listEntities(
  connection: Connection,
  query: EntityQuery,
  moment: Moment,
): Promise<EntityPage> {
  checkPage(query);
  const found = `${moment.cypher} ${foundCypher(query)}`;
  const bound = boundOf(query);
  const value = ORDERS[query.order.field];
  const parameters = parametersOf(query, moment);
  const [counted = [], taken = []] = await connection.readAll<unknown[]>(
    [`${found} RETURN count(*), count(CASE WHEN ${bound} THEN 1 END)`, parameters],
    [
      `${found} AND ${bound} WITH at, v ORDER BY ${orderOf(query)} LIMIT $limit
       ${RETURN_ENTITY}, ${value} AS place ORDER BY ${orderOf(query)}`,
      parameters,
    ],
  );
  const [total, inside] = (counted[0] ?? [0, 0]) as [number, number];
  const { rows, ...ends } = cut(query, taken as [...EntityRow, EntityPlace['value']][], inside < total);
  return {
    entities: rows.map((row) => asEntity(row.slice(0, -1) as EntityRow)),
    places: rows.map((row) => ({ value: row[11], id: row[1] })),
    ...ends,
    total,
  };
}

/** Versions that stand and pass every filter that was given. */
function foundCypher({ statuses, live, sources, search }: EntityQuery): string {
  const filters = [
    'v.kind IN $kinds AND v.toRevision > at AND v.fromRevision <= at',
    ...(statuses === undefined ? [] : [`${STATUS} IN $statuses`]),
    ...(live === undefined ? [] : [`${LIVE} = $live`]),
    ...(sources === undefined
      ? []
      : ['v.source IN COLLECT { MATCH (s:TendrilSource) WHERE s.id IN $sources RETURN DISTINCT s.number }']),
    ...(search ? ['v.search CONTAINS $search'] : []),
  ];
  return `MATCH (v:TendrilVersion) USING INDEX SEEK v:TendrilVersion(kind, toRevision)
    WHERE ${filters.join(' AND ')}`;
}

function parametersOf(query: EntityQuery, { revision }: Moment) {
  const { kinds = KINDS, statuses = [], live, sources = [], search, now, limit } = query;
  return {
    at: whole(revision),
    now: whole(now),
    kinds: wholes(kinds.map((kind) => kindCode(kind) as number)),
    statuses: wholes(statuses.map(statusCode)),
    live: live ?? null,
    sources,
    search: search?.toLowerCase() ?? null,
    limit: whole(limit + 1),
    ...placeParameters(query.after ?? query.before),
  };
}

function statusCode(status: string): number {
  return status === 'EXPIRED' ? EXPIRED_CODE : (STATUS_CODES as readonly string[]).indexOf(status);
}

function placeParameters(place: EntityPlace | undefined) {
  if (place === undefined) return {};
  return { value: typeof place.value === 'number' ? whole(place.value) : place.value, id: place.id };
}

/** What lies on the side of the named place that is asked for. Unknown values come last in both directions. */
function boundOf({ order, after, before }: EntityQuery): string {
  const place = after ?? before;
  if (place === undefined) return 'true';
  const value = ORDERS[order.field];
  const later = after !== undefined;
  const beyond = later === (order.direction === 'ASC') ? '>' : '<';
  if (order.field === 'ID') return `v.id ${beyond} $id`;
  const tie = `v.id ${later ? '>' : '<'} $id`;
  if (place.value === null) {
    return later ? `(${value} IS NULL AND ${tie})` : `(${value} IS NOT NULL OR ${tie})`;
  }
  const unknown = later ? ` OR ${value} IS NULL` : '';
  return `(${value} ${beyond} $value OR (${value} = $value AND ${tie})${unknown})`;
}

/** The order asked for, or its reverse where the page is taken from the end. */
function orderOf({ order, fromEnd }: EntityQuery): string {
  const value = ORDERS[order.field];
  const turned = fromEnd === true;
  const direction = (order.direction === 'ASC') === turned ? 'DESC' : 'ASC';
  if (order.field === 'ID') return `v.id ${direction}`;
  const rest = turned ? 'DESC' : 'ASC';
  return `${value} IS NULL ${rest}, ${value} ${direction}, v.id ${rest}`;
}
