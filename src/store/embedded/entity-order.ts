import { TimeSlice } from '../../async/time-slice.js';
import type { EntityRecord } from '../../model/entity.js';
import { kindCode } from '../../model/kinds.js';
import type { Revision } from '../../model/revision.js';
import type { Millis } from '../../model/time.js';
import { compareUtf8 } from '../../model/utf8.js';
import { matchRank } from '../match-rank.js';
import type { EntityPlace, EntityQuery } from '../queries.js';
import type { Connection, Named } from './connection.js';
import { asksForExpiry, FILTER, TIMES } from './entity-filter.js';
import { MATCH } from './entity-match.js';
import { mergeRuns } from './merge-runs.js';
import { idOf, lastNumber } from './nodes.js';

/** All entities of a list, sorted. */

/** The column that each order compares. SQLite compares text by its UTF-8 bytes, as no table has another collation. */
const VALUES: Readonly<Record<EntityQuery['order']['field'], string | null>> = {
  ID: null,
  NAME: 'e.name',
  KIND: 'e.kind',
  ...TIMES,
  MATCH,
};

/** How many numbers of entities are read at a time: some milliseconds. */
const NUMBERS_PER_READ = 2048;

/** The sorted entities of a list at a revision, and the times between which no expiry changes them. */
export interface Ordered {
  readonly numbers: Uint32Array;
  readonly from: Millis;
  readonly until: Millis;
  readonly size: number;
}

/** Which entities are sorted. */
interface Selection {
  /** The parameters of `FILTER`. */
  readonly values: Named;
  /** Every one that the filter can let through is among these, where they are known; no condition on expiry then. */
  readonly among?: Uint32Array | undefined;
}

/** In order of id there is only the number. */
type Found = [number: number, value: string | number | null, id: string];

/**
 * Sorts the entities of a list. Gives way to the event loop, because a large store takes long.
 *
 * @throws UNAVAILABLE where the store cannot be read
 */
export async function orderEntities(
  connection: Connection,
  query: EntityQuery,
  at: Revision,
  { values, among }: Selection,
): Promise<Ordered> {
  const slice = new TimeSlice();
  const byId = query.order.field === 'ID';
  const sql = runSql(query.order, among !== undefined);
  const runs: Found[][] = [];
  let [from, until] = [-Infinity, Infinity];
  for (const part of parts(connection, among)) {
    const asked = { at, now: query.now, ...part };
    runs.push(connection.allPacked<Found>(byId ? 1 : 3, sql, { ...values, ...asked }));
    if (asksForExpiry(query)) {
      const [past, next] = connection.get<[number | null, number | null]>(EXPIRIES, asked) ?? [];
      from = Math.max(from, past ?? -Infinity);
      until = Math.min(until, next ?? Infinity);
    }
    if (slice.isOver) await slice.giveWay();
  }
  const numbers = byId
    ? await inOrderOfId(connection, runs.flat(), slice)
    : Uint32Array.from(await mergeRuns(runs, compareFound(query.order), slice), ([number]) => number);
  if (byId && query.order.direction === 'DESC') numbers.reverse();
  return { numbers, from, until, size: numbers.length };
}

/** The entities to look at, a part at a time: all of them by their number, or some. */
function* parts(connection: Connection, among: Uint32Array | undefined): Generator<Named> {
  const last = among?.length ?? lastNumber(connection);
  for (let after = 0; after < last; after += NUMBERS_PER_READ) {
    const upTo = after + NUMBERS_PER_READ;
    yield among === undefined
      ? { after, upTo }
      : { numbers: JSON.stringify([...among.subarray(after, upTo)]) };
  }
}

const VERSION = 'e.from_rev <= $at AND e.to_rev > $at';
const STANDS = `e.n > $after AND e.n <= $upTo AND ${VERSION}`;
const AMONG = `e.n IN (SELECT value FROM json_each($numbers)) AND ${VERSION}`;
const EXPIRIES = `SELECT max(e.expires_at) FILTER (WHERE e.expires_at <= $now),
  min(e.expires_at) FILTER (WHERE e.expires_at > $now) FROM entity e WHERE ${STANDS}`;

function runSql({ field, direction }: EntityQuery['order'], some: boolean): string {
  const value = VALUES[field];
  const stands = some ? AMONG : STANDS;
  if (value === null) return `SELECT e.n FROM entity e WHERE ${stands} AND ${FILTER}`;
  return `SELECT e.n, ${value}, d.id FROM entity e CROSS JOIN node d ON d.n = e.n WHERE ${stands} AND ${FILTER}
    ORDER BY ${value} IS NULL, ${value} ${direction}, d.id LIMIT ${NUMBERS_PER_READ}`;
}

const NEXT_IDS = `SELECT id, n FROM node WHERE id > $after ORDER BY id LIMIT ${NUMBERS_PER_READ}`;

/** Few entities are sorted; many are selected from the index of all ids, which is sorted. */
async function inOrderOfId(
  connection: Connection,
  found: readonly Found[],
  slice: TimeSlice,
): Promise<Uint32Array> {
  if (found.length < NUMBERS_PER_READ) {
    const ids = found.map(([number]) => ({ number, id: idOf(connection, number) }));
    return Uint32Array.from(
      ids.sort((a, b) => compareUtf8(a.id, b.id)),
      ({ number }) => number,
    );
  }
  const wanted = new Uint8Array(found.reduce((most, [number]) => Math.max(most, number), 0) + 1);
  for (const [number] of found) wanted[number] = 1;
  const numbers = new Uint32Array(found.length);
  let count = 0;
  for (let after: string | undefined = ''; after !== undefined; ) {
    const nodes: [string, number][] = connection.allPacked<[string, number]>(2, NEXT_IDS, { after });
    for (const [, number] of nodes) {
      if (wanted[number] !== 1) continue;
      numbers[count] = number;
      count += 1;
    }
    after = nodes.at(-1)?.[0];
    if (slice.isOver) await slice.giveWay();
  }
  return numbers;
}

function compareFound(order: EntityQuery['order']) {
  const compare = comparison(order);
  return (a: Found, b: Found) => compare(a[1], a[2], b[1], b[2]);
}

/** Compares two places in an order. */
export function comparison({ field, direction }: EntityQuery['order']) {
  const sign = direction === 'ASC' ? 1 : -1;
  if (field === 'ID') return (_: unknown, a: string, __: unknown, b: string) => sign * compareUtf8(a, b);
  return (value: EntityPlace['value'], id: string, other: EntityPlace['value'], otherId: string) => {
    if (value === other) return compareUtf8(id, otherId);
    // Unknown values come last in both directions.
    if (value === null || other === null) return value === null ? 1 : -1;
    if (typeof value === 'string') return sign * compareUtf8(value, String(other));
    return sign * (value - Number(other));
  };
}

type Ranked = Pick<EntityQuery, 'order' | 'search'>;

/** The place of an entity in the order of a query. */
export function placeOf(entity: EntityRecord, { order: { field }, search }: Ranked): EntityPlace {
  const { properties } = entity;
  const values = {
    ID: entity.id,
    NAME: entity.name,
    KIND: kindCode(entity.kind) as number,
    CREATED_AT: entity.createdAt,
    LAST_USED_AT: entity.lastUsedAt,
    EXPIRES_AT:
      entity.kind === 'Token' && typeof properties.expiresAt === 'number' ? properties.expiresAt : null,
    LAST_WORKING_DAY: typeof properties.lastWorkingDay === 'string' ? properties.lastWorkingDay : null,
  };
  const value = field === 'MATCH' ? (search ? matchRank(entity, search) : null) : values[field];
  return { value, id: entity.id };
}
