import { TimeSlice } from '../../async/time-slice.js';
import type { RelationshipRecord } from '../../model/entity.js';
import { typeCode } from '../../model/relationships.js';
import type { Revision } from '../../model/revision.js';
import { compareUtf8 } from '../../model/utf8.js';
import { countBefore, windowOf } from '../page.js';
import type { RelationshipPage, RelationshipPlace, RelationshipsOf } from '../queries.js';
import { placeOf } from '../rows/relationship-page.js';
import type { Connection } from './connection.js';
import { idOf } from './nodes.js';
import { type Segment, type Stretch, segmentsOf } from './relationship-order.js';
import { relationshipAt } from './relationship-table.js';
import type { SizeBoundedCache } from './size-bounded-cache.js';

/** A page of the relationships of an entity that has many: a part of the sorted list. */
export async function pageOfMany(
  connection: Connection,
  stretches: SizeBoundedCache<Stretch>,
  query: RelationshipsOf,
  n: number,
  at: Revision,
): Promise<RelationshipPage> {
  const segments = await segmentsOf(connection, stretches, query, n, at);
  const total = segments.reduce((sum, { size }) => sum + size, 0);
  const { after, before } = query;
  const from = after === undefined ? 0 : countTo(connection, segments, after, 'with');
  const to = before === undefined ? total : countTo(connection, segments, before, 'without');
  const { first, last, ...ends } = windowOf(query, { from, to, total });
  const relationships: RelationshipRecord[] = [];
  const places: RelationshipPlace[] = [];
  const slice = new TimeSlice();
  let start = 0;
  for (const segment of segments) {
    const end = Math.min(segment.size, last - start);
    for (let nth = Math.max(0, first - start); nth < end; nth += 1) {
      const [ident, other] = [segment.idents[nth] as number, segment.others[nth] as number];
      const key = segment.inward === 0 ? ([n, ident, other] as const) : ([other, ident, n] as const);
      const record = relationshipAt(connection, key, at) as RelationshipRecord;
      relationships.push(record);
      places.push(placeOf(ident, segment.inward, segment.inward === 0 ? record.toId : record.fromId));
      if (slice.isOver) await slice.giveWay();
    }
    start += segment.size;
  }
  return { relationships, places, ...ends, total };
}

/** How many relationships come before a place, with the one at that place or without it. */
function countTo(
  connection: Connection,
  segments: readonly Segment[],
  place: RelationshipPlace,
  itself: 'with' | 'without',
): number {
  const type = typeCode(place.type) as number;
  const inward = place.direction === 'IN' ? 1 : 0;
  const most = itself === 'with' ? 0 : -1;
  let count = 0;
  for (const segment of segments) {
    const turn = segment.type - type || segment.inward - inward;
    if (turn > 0) break;
    count +=
      turn < 0
        ? segment.size
        : countBefore(segment.size, (nth) => comparePlace(connection, segment, nth, place) <= most);
  }
  return count;
}

function comparePlace(
  connection: Connection,
  { others, idents }: Stretch,
  nth: number,
  place: RelationshipPlace,
): number {
  const id = idOf(connection, others[nth] as number);
  const order = compareUtf8(id, place.other) || ((idents[nth] as number) >> 5) - place.permission;
  return Math.sign(order);
}
