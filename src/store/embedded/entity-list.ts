import { TimeSlice } from '../../async/time-slice.js';
import type { EntityRecord } from '../../model/entity.js';
import type { Revision } from '../../model/revision.js';
import { checkPage, countBefore, windowOf } from '../page.js';
import type { EntityPage, EntityQuery } from '../queries.js';
import type { Connection } from './connection.js';
import { asksForExpiry, filterValues } from './entity-filter.js';
import { comparison, type Ordered, orderEntities, placeOf } from './entity-order.js';
import { entityByNumber } from './entity-table.js';
import type { SizeBoundedCache } from './size-bounded-cache.js';

/**
 * A page of entities. Every page needs the count of the whole list, and so a look at every entity. So the list is
 * sorted once for each revision, and a page is a part of the sorted list.
 */
export async function listEntities(
  connection: Connection,
  lists: SizeBoundedCache<Ordered>,
  query: EntityQuery,
  at: Revision,
): Promise<EntityPage> {
  checkPage(query);
  const values = filterValues(query);
  const { order, now, after, before } = query;
  const dated = asksForExpiry(query);
  const { numbers } = await lists.get(
    JSON.stringify([at, order.field, order.direction, values]),
    () => orderEntities(connection, query, at, values),
    ({ from, until }) => !dated || (from <= now && now < until),
  );
  const total = numbers.length;
  const entityAt = (position: number) =>
    entityByNumber(connection, numbers[position] as number, at) as EntityRecord;
  const compare = comparison(order);
  const compared = (position: number, place: { value: string | number | null; id: string }) => {
    const { value, id } = placeOf(entityAt(position), order.field);
    return compare(value, id, place.value, place.id);
  };
  const from = after === undefined ? 0 : countBefore(total, (position) => compared(position, after) <= 0);
  const to = before === undefined ? total : countBefore(total, (position) => compared(position, before) < 0);
  const { first, last, ...ends } = windowOf(query, { from, to, total });
  const entities: EntityRecord[] = [];
  const slice = new TimeSlice();
  for (let position = first; position < last; position += 1) {
    entities.push(entityAt(position));
    if (slice.isOver) await slice.giveWay();
  }
  return { entities, places: entities.map((entity) => placeOf(entity, order.field)), ...ends, total };
}
