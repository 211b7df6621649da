import type { SourceRecord } from '../../model/entity.js';
import type { Moment } from '../operation/moment.js';

/** Longer ago than `TENDRIL_STALE_AFTER`. What Tendril itself made is never stale. */
export function isStale(record: SourceRecord, moment: Moment): boolean {
  return record.syncedAt > 0 && moment.now - record.syncedAt > moment.services.staleAfter;
}
