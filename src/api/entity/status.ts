import type { EntityRecord } from '../../model/entity.js';
import { isLiveStatus } from '../../model/kinds.js';
import type { Millis } from '../../model/time.js';
import type { EntityStatusValue } from '../types/enums.js';

/** Whether a token had expired at `now`: its expiry is not after that time. */
function isOver(record: EntityRecord, now: Millis): boolean {
  const expiresAt = record.properties.expiresAt;
  return typeof expiresAt === 'number' && expiresAt <= now;
}

/** The status at a time: a live token that had expired is EXPIRED. */
export function statusAt(record: EntityRecord, now: Millis): EntityStatusValue {
  const expired = isLiveStatus(record.kind, record.status) && isOver(record, now);
  return (expired ? 'EXPIRED' : record.status) as EntityStatusValue;
}

/** Whether an entity is live at a time: by its status and, for a token, by its expiry. */
export function isLiveAt(record: EntityRecord, now: Millis): boolean {
  return isLiveStatus(record.kind, record.status) && !isOver(record, now);
}
