import { badInput } from '../../model/errors.js';
import type { EntityPlace, EntityQuery } from '../../store/queries.js';
import { checkFilter } from '../limits/limits.js';
import type { Moment } from '../operation/moment.js';
import { type CursorPart, encodeCursor } from '../paging/cursors.js';
import { type Paging, storedPage } from '../paging/paging.js';
import { EntityConnection } from './connection.js';
import type { EntityFilter, EntityOrder } from './entity-filter.js';
import { type EntityTimeValue, LeftOut } from './entity-time.js';
import { type Conditions, conditionsOf } from './filter-conditions.js';
import { wrapEntity } from './wrap.js';

/** A page of the entities that match, as the store finds them. @throws BAD_INPUT, LIMIT_EXCEEDED */
export async function listEntities(
  moment: Moment,
  filter: EntityFilter,
  orderBy: EntityOrder | null | undefined,
  paging: Paging,
): Promise<EntityConnection> {
  checkFilter(filter, moment.services.limits);
  const conditions = conditionsOf(filter);
  const order = { field: orderBy?.field ?? 'ID', direction: orderBy?.direction ?? 'ASC' } as const;
  const list = `entities.${order.field}.${order.direction}`;
  const { size, ...stored } = storedPage(paging, moment.services.limits, list, 2, placeOf);
  const query: EntityQuery = { ...conditions, now: moment.now, order, ...stored };
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
    () => leftOut(moment, conditions),
  );
}

/** The conditions that ask about a time, and the time. */
const TIMED = {
  createdBefore: 'CREATED_AT',
  lastUsedBefore: 'LAST_USED_AT',
  expiresBefore: 'EXPIRES_AT',
  lastWorkingDay: 'LAST_WORKING_DAY',
} as const satisfies Partial<Record<keyof Conditions, EntityTimeValue>>;

/** Counts, for each condition on a time, what meets all the others and has no such time. */
async function leftOut(moment: Moment, conditions: Conditions): Promise<LeftOut[]> {
  const asked = Object.keys(TIMED).filter((name) => name in conditions) as (keyof typeof TIMED)[];
  return Promise.all(
    asked.map(async (name) => {
      const { [name]: _, unknown = [], ...others } = conditions;
      const time = TIMED[name];
      const order = { field: 'ID', direction: 'ASC' } as const;
      const query = { ...others, unknown: [...unknown, time], now: moment.now, order, limit: 1 };
      const { total } = await moment.services.store.list(query, moment.revision);
      return new LeftOut(time, total);
    }),
  );
}

function placeOf([value, id]: readonly CursorPart[]): EntityPlace {
  if (typeof id !== 'string')
    throw badInput('That is not a cursor. Give one that a page of this list gave you.');
  return { value: value ?? null, id };
}
