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

/** A list of more entities than this is not looked through one by one for a longer text: all are read in order. */
const MOST_NARROWED = 50_000;

/** The beginnings of a text that is typed letter by letter, the longest first: what has it has each of them too. */
function beginnings(search: string): string[] {
  const letters = [...search.toLowerCase()];
  return letters.slice(1).map((_, at) => letters.slice(0, letters.length - 1 - at).join(''));
}

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
  const key = (named = values) => JSON.stringify([at, order.field, order.direction, named]);
  const narrowed = async () => {
    const shorter = dated || order.field !== 'MATCH' ? [] : beginnings(query.search ?? '');
    for (const search of shorter) {
      const known = await lists.peek(key({ ...values, search }));
      if (known !== undefined && known.numbers.length <= MOST_NARROWED) return known.numbers;
    }
    return undefined;
  };
  const { numbers } = await lists.get(
    key(),
    async () => orderEntities(connection, query, at, { values, among: await narrowed() }),
    ({ from, until }) => !dated || (from <= now && now < until),
  );
  const total = numbers.length;
  const entityAt = (position: number) =>
    entityByNumber(connection, numbers[position] as number, at) as EntityRecord;
  const compare = comparison(order);
  const compared = (position: number, place: { value: string | number | null; id: string }) => {
    const { value, id } = placeOf(entityAt(position), query);
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
  return { entities, places: entities.map((entity) => placeOf(entity, query)), ...ends, total };
}
