import type { EntityQuery } from '../../store/queries.js';
import type { Moment } from '../moment.js';

type Conditions = Pick<EntityQuery, 'kinds' | 'statuses' | 'sources' | 'live'>;

/** How many entities the store has of which all conditions hold. */
export async function countOf(moment: Moment, conditions: Conditions): Promise<number> {
  const order = { field: 'ID', direction: 'ASC' } as const;
  const page = await moment.services.store.list(
    { ...conditions, now: moment.now, order, limit: 1 },
    moment.revision,
  );
  return page.total;
}
