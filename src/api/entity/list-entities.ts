import { badInput } from '../../model/errors.js';
import type { EntityPlace, EntityQuery } from '../../store/queries.js';
import { checkFilter } from '../limits/limits.js';
import type { Moment } from '../operation/moment.js';
import { type CursorPart, encodeCursor } from '../paging/cursors.js';
import { type Paging, storedPage } from '../paging/paging.js';
import { EntityConnection } from './connection.js';
import type { EntityFilter, EntityOrder } from './entity-filter.js';
import { wrapEntity } from './wrap.js';

/** A page of the entities that match, as the store finds them. @throws BAD_INPUT, LIMIT_EXCEEDED */
export async function listEntities(
  moment: Moment,
  filter: EntityFilter,
  orderBy: EntityOrder | null | undefined,
  paging: Paging,
) {
  checkFilter(filter, moment.services.limits);
  const order = { field: orderBy?.field ?? 'ID', direction: orderBy?.direction ?? 'ASC' } as const;
  const list = `entities.${order.field}.${order.direction}`;
  const { size, ...stored } = storedPage(paging, moment.services.limits, list, 2, placeOf);
  const query: EntityQuery = { ...conditions(filter), now: moment.now, order, ...stored };
  const page = await moment.services.store.list(query, moment.revision);
  return new EntityConnection(
    {
      items: page.entities.slice(0, size).map((record) => () => wrapEntity(record, moment)),
      cursors: page.places.slice(0, size).map((place) => encodeCursor(list, [place.value, place.id])),
      hasNext: size === 0 ? page.total > 0 : page.hasNext,
      hasPrevious: page.hasPrevious,
      total: page.total,
      revision: moment.revision,
    },
    (made) => made(),
  );
}

/** The filter without properties that are absent or null. */
function conditions(filter: EntityFilter): Partial<EntityQuery> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value != null));
}

function placeOf([value, id]: readonly CursorPart[]): EntityPlace {
  if (typeof id !== 'string')
    throw badInput('That is not a cursor. Give one that a page of this list gave you.');
  return { value: value ?? null, id };
}
