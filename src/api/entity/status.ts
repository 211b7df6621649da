import type { EntityRecord } from '../../model/entity.js';
import { isLiveStatus } from '../../model/kinds.js';
import type { Millis } from '../../model/time.js';
import type { EntityStatusValue } from '../types/enums.js';

/** Whether a token's time was over at `now`: expiry is not after the moment asked about. */
function isOver(record: EntityRecord, now: Millis): boolean {
  const expiresAt = record.properties.expiresAt;
  return typeof expiresAt === 'number' && expiresAt <= now;
}

/** The status at a moment: a live token whose time was over is EXPIRED. */
export function statusAt(record: EntityRecord, now: Millis): EntityStatusValue {
  const expired = isLiveStatus(record.kind, record.status) && isOver(record, now);
  return (expired ? 'EXPIRED' : record.status) as EntityStatusValue;
}

/** Live at a moment: by status and, for a token, by expiry. */
export function isLiveAt(record: EntityRecord, now: Millis): boolean {
  return isLiveStatus(record.kind, record.status) && !isOver(record, now);
}
