import type { SourceRecord } from '../../model/entity.js';
import type { Moment } from '../operation/moment.js';

/** Whether a source was last read longer ago than `TENDRIL_STALE_AFTER`. Tendril's own source is never stale. */
export function isStale(record: SourceRecord, moment: Moment): boolean {
  return record.syncedAt > 0 && moment.now - record.syncedAt > moment.services.staleAfter;
}
