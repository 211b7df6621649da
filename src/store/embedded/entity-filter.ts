import { kindCode } from '../../model/kinds.js';
import { ENTITY_FLAGS } from '../../model/rows.js';
import { ENTITY_TIMES, type EntityQuery, type EntityTime } from '../queries.js';
import { ACTIVE_CODE, EXPIRED_CODE, statusCode } from '../rows/status.js';
import type { Named } from './connection.js';

/** The conditions of a list of entities. */

const EXPIRED = '(e.expires_at IS NOT NULL AND e.expires_at <= $now)';
const STATUS = `CASE WHEN e.status = ${ACTIVE_CODE} AND ${EXPIRED} THEN ${EXPIRED_CODE} ELSE e.status END`;
const LIVE = `((e.flags & ${ENTITY_FLAGS.live}) <> 0 AND NOT ${EXPIRED})`;

/** A property that has no column of its own. */
export const LAST_WORKING_DAY = "(e.doc ->> '$.properties.lastWorkingDay')";
const TOKEN_TYPE = "(e.doc ->> '$.properties.tokenType')";

/** The value of each time; null where it is unknown. */
export const TIMES: Readonly<Record<EntityTime, string>> = {
  CREATED_AT: 'e.created_at',
  LAST_USED_AT: 'e.last_used_at',
  EXPIRES_AT: 'e.expires_at',
  LAST_WORKING_DAY,
};

const UNKNOWN = ENTITY_TIMES.map((time, at) => `(NOT ($unknown >> ${at}) & 1 OR ${TIMES[time]} IS NULL)`);

/** Every condition. One whose parameter is null lets all entities pass. */
export const FILTER = `($kinds IS NULL OR ($kinds >> e.kind) & 1)
  AND ($statuses IS NULL OR ($statuses >> (${STATUS})) & 1)
  AND ($live IS NULL OR ${LIVE} = $live)
  AND ($sources IS NULL OR e.source IN
    (SELECT s.n FROM source s JOIN json_each($sources) wanted ON wanted.value = s.id))
  AND ($createdBefore IS NULL OR e.created_at < $createdBefore)
  AND ($lastUsedBefore IS NULL OR e.last_used_at < $lastUsedBefore)
  AND ($expiresBefore IS NULL OR e.expires_at < $expiresBefore)
  AND ($search IS NULL OR instr(e.search, $search) > 0)
  AND ($tokenTypes IS NULL OR e.kind = ${kindCode('Token')} AND ${TOKEN_TYPE} IN (SELECT value FROM json_each($tokenTypes)))
  AND ($dayFrom IS NULL OR substr(${LAST_WORKING_DAY}, 1, 10) >= $dayFrom)
  AND ($dayUntil IS NULL OR substr(${LAST_WORKING_DAY}, 1, 10) <= $dayUntil)
  AND ($unknown IS NULL OR ${UNKNOWN.join(' AND ')})`;

/** The parameters of {@link FILTER}, besides `$now`. */
export function filterValues(query: EntityQuery): Named {
  const { kinds, statuses, live, sources, search, tokenTypes, lastWorkingDay, unknown } = query;
  return {
    kinds: kinds === undefined ? null : bits(kinds.map((kind) => kindCode(kind) as number)),
    statuses: statuses === undefined ? null : bits(statuses.map(statusCode)),
    live: live === undefined ? null : Number(live),
    sources: sources === undefined ? null : JSON.stringify(sources),
    search: search ? search.toLowerCase() : null,
    tokenTypes: tokenTypes === undefined ? null : JSON.stringify(tokenTypes),
    createdBefore: query.createdBefore ?? null,
    lastUsedBefore: query.lastUsedBefore ?? null,
    expiresBefore: query.expiresBefore ?? null,
    dayFrom: lastWorkingDay?.from ?? null,
    dayUntil: lastWorkingDay?.until ?? null,
    unknown: unknown === undefined ? null : bits(unknown.map((time) => ENTITY_TIMES.indexOf(time))),
  };
}

/** Whether the result of a query depends on its time. */
export const asksForExpiry = ({ statuses, live }: EntityQuery) =>
  statuses !== undefined || live !== undefined;

const bits = (codes: readonly number[]) =>
  codes.reduce((all, code) => (code < 0 ? all : all | (1 << code)), 0) >>> 0;
