import type { EntityRecord } from '../../model/entity.js';
import { type EntityPlace, type EntityQuery, MAX_PAGE } from '../../store/queries.js';
import type { Moment } from '../operation/moment.js';

type Conditions = Pick<EntityQuery, 'kinds' | 'statuses' | 'live'>;

/** All entities that meet all conditions, in order of id, a page at a time. */
export async function* eachPageOf(
  moment: Moment,
  conditions: Conditions,
): AsyncGenerator<readonly EntityRecord[]> {
  const order = { field: 'ID', direction: 'ASC' } as const;
  let after: EntityPlace | undefined;
  for (;;) {
    const query = { ...conditions, now: moment.now, order, limit: MAX_PAGE, ...(after && { after }) };
    const page = await moment.services.store.list(query, moment.revision);
    if (page.entities.length > 0) yield page.entities;
    after = page.places.at(-1);
    if (!page.hasNext || after === undefined) return;
  }
}
