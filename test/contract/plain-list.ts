import { isLiveStatus, KINDS } from '../../src/model/kinds.js';
import type { EntityWrite } from '../../src/store/draft.js';
import type { EntityQuery } from '../../src/store/queries.js';

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
    (query.search === undefined || text.some((part) => part.includes(query.search!.toLowerCase())))
  );
}

const bytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

function compare(a: EntityWrite, b: EntityWrite, { order }: EntityQuery): number {
  const sign = order.direction === 'ASC' ? 1 : -1;
  const byTime = (x: number | null, y: number | null) =>
    x === y ? 0 : x === null ? 1 : y === null ? -1 : sign * (x - y);
  switch (order.field) {
    case 'ID':
      return sign * bytes(a.id, b.id);
    case 'NAME':
      return sign * bytes(a.name, b.name) || bytes(a.id, b.id);
    case 'KIND':
      return sign * (KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind)) || bytes(a.id, b.id);
    case 'CREATED_AT':
      return byTime(a.createdAt, b.createdAt) || bytes(a.id, b.id);
    case 'LAST_USED_AT':
      return byTime(a.lastUsedAt, b.lastUsedAt) || bytes(a.id, b.id);
  }
}
