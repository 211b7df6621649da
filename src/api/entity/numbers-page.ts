import { KINDS, type Kind } from '../../model/kinds.js';
import type { Moment } from '../operation/moment.js';
import { forwardPage } from '../paging/keyset.js';
import type { ForwardPaging } from '../paging/paging.js';
import { EntityConnection } from './connection.js';
import { entityByNumber } from './wrap.js';

/**
 * A page of entities of the graph.
 *
 * @param list the name of the list in cursors
 * @param numbers in order of id
 * @param kinds only of these; null: of every kind
 */
export async function numbersPage(
  moment: Moment,
  list: string,
  numbers: readonly number[],
  paging: ForwardPaging,
  kinds: readonly Kind[] | null = null,
): Promise<EntityConnection> {
  const { found, keyset } = await moment.query((view) => ({
    found: numbers.filter((entity) => kinds === null || kinds.includes(KINDS[view.kindOf(entity)] as Kind)),
    keyset: { list, keyOf: (entity: number) => [view.idOf(entity)] },
  }));
  const page = forwardPage(found, keyset, paging, moment.services.limits, moment.revision);
  const items = page.items.map((entity) => () => entityByNumber(moment, entity));
  return new EntityConnection({ ...page, items }, (read) => read());
}
