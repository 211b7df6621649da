import { isLiveStatus, KINDS } from '../../src/model/kinds.js';
import type { EntityWrite } from '../../src/store/draft.js';
import type { EntityQuery, EntityTime } from '../../src/store/queries.js';

/** The ids of all entities of `Store.list`, in order, by the plainest way: a filter and a sort. */
export function listPlainly(
  entities: readonly EntityWrite[],
  sources: Readonly<Record<number, string>>,
  query: EntityQuery,
): string[] {
  return entities
    .filter((entity) => matches(entity, sources[entity.source] as string, query))
    .sort((a, b) => compare(a, b, query))
    .map(({ id }) => id);
}

function matches(entity: EntityWrite, source: string, query: EntityQuery): boolean {
  const expired = entity.kind === 'Token' && Number(entity.properties.expiresAt ?? Infinity) <= query.now;
  const status = expired && entity.status === 'ACTIVE' ? 'EXPIRED' : entity.status;
  const live = isLiveStatus(entity.kind, entity.status) && !expired;
  const text = [entity.id, entity.name, entity.externalId ?? ''].map((part) => part.toLowerCase());
  return (
    (query.kinds === undefined || query.kinds.includes(entity.kind)) &&
    (query.statuses === undefined || query.statuses.includes(status)) &&
    (query.sources === undefined || query.sources.includes(source)) &&
    (query.live === undefined || query.live === live) &&
    (query.search === undefined || text.some((part) => part.includes(query.search!.toLowerCase()))) &&
    (query.tokenTypes === undefined || query.tokenTypes.includes(String(entity.properties.tokenType))) &&
    isBefore(timeOf(entity, 'CREATED_AT'), query.createdBefore) &&
    isBefore(timeOf(entity, 'LAST_USED_AT'), query.lastUsedBefore) &&
    isBefore(timeOf(entity, 'EXPIRES_AT'), query.expiresBefore) &&
    isDayIn(timeOf(entity, 'LAST_WORKING_DAY'), query.lastWorkingDay) &&
    (query.unknown ?? []).every((time) => timeOf(entity, time) === null)
  );
}

/** A time; null where it is unknown. */
function timeOf({ createdAt, lastUsedAt, properties }: EntityWrite, time: EntityTime) {
  const { expiresAt = null, lastWorkingDay = null } = properties;
  const times = {
    CREATED_AT: createdAt,
    LAST_USED_AT: lastUsedAt,
    EXPIRES_AT: expiresAt,
    LAST_WORKING_DAY: lastWorkingDay,
  };
  return times[time] as number | string | null;
}

function isBefore(time: number | string | null, bound: number | undefined): boolean {
  return bound === undefined || (time !== null && Number(time) < bound);
}

function isDayIn(time: number | string | null, range: EntityQuery['lastWorkingDay']): boolean {
  if (range?.from === undefined && range?.until === undefined) return true;
  const day = time === null ? null : String(time).slice(0, 10);
  return day !== null && day >= (range.from ?? '') && day <= (range.until ?? '9999-12-31');
}

const bytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** How well an entity matches, 0 the best; null where nothing is sought. */
function rankOf({ id, name, externalId }: EntityWrite, search: string | undefined): number | null {
  if (!search) return null;
  const [text, key, called, outside] = [search, id, name, externalId ?? ''].map((part) =>
    part.toLowerCase(),
  ) as [string, string, string, string];
  if (called === text || key === text) return 0;
  if (called.startsWith(text)) return 1;
  if (called.includes(` ${text}`)) return 2;
  if (called.includes(text)) return 3;
  return key.startsWith(text) || outside.startsWith(text) ? 4 : 5;
}

function compare(a: EntityWrite, b: EntityWrite, { order, search }: EntityQuery): number {
  const sign = order.direction === 'ASC' ? 1 : -1;
  const byTime = (x: number | string | null, y: number | string | null) => {
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return sign * (typeof x === 'string' ? bytes(x, String(y)) : x - Number(y));
  };
  switch (order.field) {
    case 'ID':
      return sign * bytes(a.id, b.id);
    case 'NAME':
      return sign * bytes(a.name, b.name) || bytes(a.id, b.id);
    case 'KIND':
      return sign * (KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)) || bytes(a.id, b.id);
    case 'MATCH':
      return byTime(rankOf(a, search), rankOf(b, search)) || bytes(a.id, b.id);
    default:
      return byTime(timeOf(a, order.field), timeOf(b, order.field)) || bytes(a.id, b.id);
  }
}
