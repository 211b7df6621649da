import { kindCode } from '../../model/kinds.js';
import { ENTITY_FLAGS } from '../../model/rows.js';
import type { EntityQuery } from '../queries.js';
import { ACTIVE_CODE, EXPIRED_CODE, statusCode } from '../rows/status.js';
import type { Named } from './connection.js';

/** The conditions of a list of entities. */

const EXPIRED = '(e.expires_at IS NOT NULL AND e.expires_at <= $now)';
const STATUS = `CASE WHEN e.status = ${ACTIVE_CODE} AND ${EXPIRED} THEN ${EXPIRED_CODE} ELSE e.status END`;
const LIVE = `((e.flags & ${ENTITY_FLAGS.live}) <> 0 AND NOT ${EXPIRED})`;

/** Every condition. One whose parameter is null lets all entities pass. */
export const FILTER = `($kinds IS NULL OR ($kinds >> e.kind) & 1)
  AND ($statuses IS NULL OR ($statuses >> (${STATUS})) & 1)
  AND ($live IS NULL OR ${LIVE} = $live)
  AND ($sources IS NULL OR e.source IN
    (SELECT s.n FROM source s JOIN json_each($sources) wanted ON wanted.value = s.id))
  AND ($search IS NULL OR instr(e.search, $search) > 0)`;

/** The parameters of {@link FILTER}, besides `$now`. */
export function filterValues({ kinds, statuses, live, sources, search }: EntityQuery): Named {
  return {
    kinds: kinds === undefined ? null : bits(kinds.map((kind) => kindCode(kind) as number)),
    statuses: statuses === undefined ? null : bits(statuses.map(statusCode)),
    live: live === undefined ? null : Number(live),
    sources: sources === undefined ? null : JSON.stringify(sources),
    search: search ? search.toLowerCase() : null,
  };
}

/** Whether the result of a query depends on its time. */
export const asksForExpiry = ({ statuses, live }: EntityQuery) =>
  statuses !== undefined || live !== undefined;

const bits = (codes: readonly number[]) =>
  codes.reduce((all, code) => (code < 0 ? all : all | (1 << code)), 0) >>> 0;
