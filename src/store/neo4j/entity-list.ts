import { KINDS, kindCode } from '../../model/kinds.js';
import { ENTITY_FLAGS } from '../../model/rows.js';
import { checkPage, cut } from '../page.js';
import type { EntityPage, EntityPlace, EntityQuery } from '../queries.js';
import { asEntity, type EntityRow } from '../rows/entity.js';
import { ACTIVE_CODE, EXPIRED_CODE, statusCode } from '../rows/status.js';
import type { Connection } from './connection.js';
import { MATCH } from './entity-match.js';
import { RETURN_ENTITY } from './entity-row.js';
import { orderText } from './order-text.js';
import type { ReadPoint } from './read-point.js';
import { integer, integers } from './values.js';

/** Pages of entities. */

/**
 * A text property of a version, from its document: there it is a key of the first object, before the attributes. In
 * JSON an unescaped `"name":"` is only ever a key.
 */
const propertyOf = (name: string) =>
  `split(split(split(v.document, '"attributes":')[0], '"${name}":"')[1], '"')[0]`;
const DAY = propertyOf('lastWorkingDay');

/**
 * The value that the order compares. Neo4j orders text by its code points, which is the order of its UTF-8 bytes.
 * One statement serves every field, filter and place: planning one takes longer than running it.
 */
const VALUE = `CASE $p.field WHEN 'ID' THEN v.id WHEN 'NAME' THEN v.name WHEN 'KIND' THEN v.kind
  WHEN 'CREATED_AT' THEN v.createdAt WHEN 'EXPIRES_AT' THEN v.expiresAt WHEN 'LAST_WORKING_DAY' THEN ${DAY}
  WHEN 'MATCH' THEN ${MATCH} ELSE v.lastUsedAt END`;

const EXPIRED = '(v.expiresAt IS NOT NULL AND v.expiresAt <= $p.now)';
const STATUS = `CASE WHEN v.status = ${ACTIVE_CODE} AND ${EXPIRED} THEN ${EXPIRED_CODE} ELSE v.status END`;
const LIVE = `(v.flags % ${ENTITY_FLAGS.live * 2} >= ${ENTITY_FLAGS.live} AND NOT ${EXPIRED})`;

export async function listEntities(
  connection: Connection,
  query: EntityQuery,
  point: ReadPoint,
): Promise<EntityPage> {
  checkPage(query);
  const found = `${point.cypher} ${FOUND}`;
  const bound = boundOf(query.after ?? query.before);
  const order = orderOf(query);
  const parameters = parametersOf(query, point);
  const [counted = [], taken = []] = await connection.readAll<unknown[]>(
    [`${found} RETURN count(*), count(CASE WHEN ${bound} THEN 1 END)`, parameters],
    [
      `${found} WHERE ${bound} WITH at, v, value ORDER BY ${order} LIMIT $p.limit
       ${RETURN_ENTITY}, value ORDER BY ${order}`,
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

/**
 * Versions that stand and pass every filter. No parameter is ever null or of another type: the server plans a
 * statement anew for every combination of types.
 */
const FOUND = `WITH at, CASE WHEN $p.byText THEN $p.text WHEN $p.byNumber THEN $p.number END AS placed,
    COLLECT { MATCH (s:TendrilSource) WHERE s.id IN $p.sources RETURN DISTINCT s.number } AS wanted
  MATCH (v:TendrilVersion) USING INDEX SEEK v:TendrilVersion(kind, toRevision)
  WHERE v.kind IN $p.kinds AND v.toRevision > at AND v.fromRevision <= at
    AND ($p.anyStatus OR ${STATUS} IN $p.statuses)
    AND ${LIVE} IN $p.live
    AND ($p.anySource OR v.source IN wanted)
    AND v.search CONTAINS $p.search
    AND ($p.anyCreated OR v.createdAt < $p.createdBefore)
    AND ($p.anyUsed OR v.lastUsedAt < $p.lastUsedBefore)
    AND ($p.anyExpiry OR v.expiresAt < $p.expiresBefore)
    AND ($p.anyTokenType OR v.kind = ${kindCode('Token')} AND ${propertyOf('tokenType')} IN $p.tokenTypes)
    AND ($p.dayFrom = '' OR left(${DAY}, 10) >= $p.dayFrom)
    AND ($p.dayUntil = '' OR left(${DAY}, 10) <= $p.dayUntil)
    AND (NOT 'CREATED_AT' IN $p.unknown OR v.createdAt IS NULL)
    AND (NOT 'LAST_USED_AT' IN $p.unknown OR v.lastUsedAt IS NULL)
    AND (NOT 'EXPIRES_AT' IN $p.unknown OR v.expiresAt IS NULL)
    AND (NOT 'LAST_WORKING_DAY' IN $p.unknown OR ${DAY} IS NULL)
  WITH at, v, placed, ${VALUE} AS value`;

function parametersOf(query: EntityQuery, { revision }: ReadPoint) {
  const { kinds = KINDS, statuses, live, sources, search = '', now, limit } = query;
  return {
    at: integer(revision),
    now: integer(now),
    kinds: integers(kinds.map((kind) => kindCode(kind) as number)),
    anyStatus: statuses === undefined,
    statuses: integers((statuses ?? []).map(statusCode)),
    live: live === undefined ? [true, false] : [live],
    anySource: sources === undefined,
    sources: sources ?? [],
    search: search.toLowerCase(),
    limit: integer(limit + 1),
    ...propertyParameters(query),
    ...placeParameters(query),
  };
}

function propertyParameters(query: EntityQuery) {
  const { createdBefore, lastUsedBefore, expiresBefore, tokenTypes, lastWorkingDay, unknown } = query;
  return {
    anyCreated: createdBefore === undefined,
    createdBefore: integer(createdBefore ?? 0),
    anyUsed: lastUsedBefore === undefined,
    lastUsedBefore: integer(lastUsedBefore ?? 0),
    anyExpiry: expiresBefore === undefined,
    expiresBefore: integer(expiresBefore ?? 0),
    anyTokenType: tokenTypes === undefined,
    tokenTypes: tokenTypes ?? [],
    dayFrom: lastWorkingDay?.from ?? '',
    dayUntil: lastWorkingDay?.until ?? '',
    unknown: unknown ?? [],
  };
}

/** `greater`: whether greater or lower values are on the side of the place from which the page is taken. */
function placeParameters({ order, after, before }: EntityQuery) {
  const { value, id } = after ?? before ?? { value: null, id: '' };
  return {
    field: order.field,
    placed: after !== undefined || before !== undefined,
    later: after !== undefined,
    greater: (after !== undefined) === (order.direction === 'ASC'),
    byText: typeof value === 'string',
    byNumber: typeof value === 'number',
    text: typeof value === 'string' ? value : '',
    number: integer(typeof value === 'number' ? value : 0),
    id,
  };
}

/** The condition of the rows on the side of the place from which the page is taken. Unknown values always come last. */
function boundOf(place: EntityPlace | undefined): string {
  const id = orderText(place?.id ?? '', '$p.id');
  const text = typeof place?.value === 'string' ? orderText(place.value, '$p.text') : '$p.text';
  const named = text === '$p.text' ? 'placed' : text;
  return `CASE
    WHEN NOT $p.placed THEN true
    WHEN value IS NULL THEN $p.later AND (placed IS NOT NULL OR v.id > ${id}) OR
      NOT $p.later AND placed IS NULL AND v.id < ${id}
    WHEN placed IS NULL THEN NOT $p.later
    WHEN value = placed THEN CASE WHEN $p.later THEN v.id > ${id} ELSE v.id < ${id} END
    WHEN $p.greater THEN value > ${named} ELSE value < ${named} END`;
}

/** The order of the query, reversed where the page is taken from the end. */
function orderOf({ order, fromEnd }: EntityQuery): string {
  const turned = fromEnd === true;
  const direction = (order.direction === 'ASC') === turned ? 'DESC' : 'ASC';
  const rest = turned ? 'DESC' : 'ASC';
  return `value IS NULL ${rest}, value ${direction}, v.id ${rest}`;
}
