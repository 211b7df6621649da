import { kindCode, STATUS_CODES } from '../../model/kinds.js';
import type { Revision } from '../../model/revision.js';
import { ENTITY_FLAGS } from '../../model/rows.js';
import { checkPage, cut } from '../page.js';
import type { EntityPage, EntityPlace, EntityQuery } from '../queries.js';
import type { Connection, Named } from './connection.js';
import { asEntity, ENTITY_COLUMNS, ENTITY_TABLES, type EntityRow } from './entity-row.js';

/** Pages of entities. */

/** What each order compares. Text compares by its UTF-8 bytes: SQLite's own order, as no table says another. */
const ORDERS: Readonly<Record<EntityQuery['order']['field'], string>> = {
  ID: 'd.id',
  NAME: 'e.name',
  KIND: 'e.kind',
  CREATED_AT: 'e.created_at',
  LAST_USED_AT: 'e.last_used_at',
};

const EXPIRED = '(e.expires_at IS NOT NULL AND e.expires_at <= $now)';
const ACTIVE = STATUS_CODES.indexOf('ACTIVE');
/** Where EXPIRED stands among the bits of `$statuses`: above all that are stored. */
const EXPIRED_CODE = 31;
const STATUS = `CASE WHEN e.status = ${ACTIVE} AND ${EXPIRED} THEN ${EXPIRED_CODE} ELSE e.status END`;
const LIVE = `((e.flags & ${ENTITY_FLAGS.live}) <> 0 AND NOT ${EXPIRED})`;

/** Every filter; one that is null lets all pass. */
const FILTER = `($kinds IS NULL OR ($kinds >> e.kind) & 1)
  AND ($statuses IS NULL OR ($statuses >> (${STATUS})) & 1)
  AND ($live IS NULL OR ${LIVE} = $live)
  AND ($sources IS NULL OR e.source IN
    (SELECT s.n FROM source s JOIN json_each($sources) wanted ON wanted.value = s.id))
  AND ($search IS NULL OR instr(e.search, $search) > 0)`;

export function listEntities(connection: Connection, query: EntityQuery, at: Revision): EntityPage {
  checkPage(query);
  const values = { at, ...filterValues(query), ...placeValues(query.after ?? query.before) };
  const bound = boundOf(query);
  const counts = connection.get<[number, number]>(
    `SELECT count(*), count(*) FILTER (WHERE ${bound}) FROM entity e JOIN node d ON d.n = e.n
      WHERE e.from_rev <= $at AND e.to_rev > $at AND ${FILTER}`,
    values,
  ) as [number, number];
  const taken = connection.all<[...EntityRow, place: string | number | null]>(
    `SELECT ${ENTITY_COLUMNS}, ${ORDERS[query.order.field]} FROM ${ENTITY_TABLES}
      WHERE ${FILTER} AND ${bound} ORDER BY ${orderOf(query)} LIMIT $limit`,
    { ...values, limit: query.limit + 1 },
  );
  const [total, inside] = counts;
  const { rows, ...ends } = cut(query, taken, inside < total);
  return {
    entities: rows.map((row) => asEntity(row.slice(0, -1) as EntityRow)),
    places: rows.map((row) => ({ value: row[11], id: row[1] })),
    ...ends,
    total,
  };
}

function filterValues(query: EntityQuery): Named {
  return {
    now: query.now,
    kinds: query.kinds === undefined ? null : bits(query.kinds.map((kind) => kindCode(kind) as number)),
    statuses: query.statuses === undefined ? null : bits(query.statuses.map(statusBit)),
    live: query.live === undefined ? null : Number(query.live),
    sources: query.sources === undefined ? null : JSON.stringify(query.sources),
    search: query.search ? query.search.toLowerCase() : null,
  };
}

const bits = (codes: readonly number[]) =>
  codes.reduce((all, code) => (code < 0 ? all : all | (1 << code)), 0) >>> 0;

function statusBit(status: string): number {
  return status === 'EXPIRED' ? EXPIRED_CODE : (STATUS_CODES as readonly string[]).indexOf(status);
}

function placeValues(place: EntityPlace | undefined): Named {
  return place === undefined ? {} : { value: place.value, id: place.id };
}

/** What lies on the side of the named place that is asked for. Unknown values come last in both directions. */
function boundOf({ order, after, before }: EntityQuery): string {
  const place = after ?? before;
  if (place === undefined) return 'TRUE';
  const value = ORDERS[order.field];
  const later = after !== undefined;
  const beyond = later === (order.direction === 'ASC') ? '>' : '<';
  if (order.field === 'ID') return `d.id ${beyond} $id`;
  const tie = `d.id ${later ? '>' : '<'} $id`;
  if (place.value === null)
    return later ? `(${value} IS NULL AND ${tie})` : `(${value} IS NOT NULL OR ${tie})`;
  const unknown = later ? ` OR ${value} IS NULL` : '';
  return `(${value} ${beyond} $value OR (${value} = $value AND ${tie})${unknown})`;
}

/** The order asked for, or its reverse where the page is taken from the end. */
function orderOf({ order, fromEnd }: EntityQuery): string {
  const value = ORDERS[order.field];
  const turned = fromEnd === true;
  const direction = (order.direction === 'ASC') === turned ? 'DESC' : 'ASC';
  if (order.field === 'ID') return `d.id ${direction}`;
  const rest = turned ? 'DESC' : 'ASC';
  return `${value} IS NULL ${rest}, ${value} ${direction}, d.id ${rest}`;
}
