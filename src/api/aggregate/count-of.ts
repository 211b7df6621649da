import type { Millis } from '../../model/time.js';
import type { EntityQuery } from '../../store/queries.js';
import type { Store } from '../../store/store.js';

type Conditions = Pick<EntityQuery, 'kinds' | 'statuses' | 'sources' | 'live'>;

/** The part of a moment that counting needs. */
export interface Counting {
  readonly services: { readonly store: Pick<Store, 'list'> };
  readonly revision: number;
  readonly now: Millis;
}

/** How many entities in the store meet all conditions. */
export async function countOf(moment: Counting, conditions: Conditions): Promise<number> {
  const order = { field: 'ID', direction: 'ASC' } as const;
  const page = await moment.services.store.list(
    { ...conditions, now: moment.now, order, limit: 1 },
    moment.revision,
  );
  return page.total;
}
