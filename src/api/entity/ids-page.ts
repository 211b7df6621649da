import type { Moment } from '../operation/moment.js';
import { forwardPage, sorted } from '../paging/keyset.js';
import type { ForwardPaging } from '../paging/paging.js';
import { EntityConnection } from './connection.js';
import { entityById } from './wrap.js';

/** A page of the entities with some ids, in order of id. @param list the name of the list in cursors */
export function idsPage(moment: Moment, list: string, ids: readonly string[], paging: ForwardPaging) {
  const keyset = { list, keyOf: (id: string) => [id] };
  const page = forwardPage(sorted(ids, keyset), keyset, paging, moment.services.limits, moment.revision);
  const items = page.items.map((id) => () => entityById(moment, id));
  return new EntityConnection({ ...page, items }, (read) => read());
}
