import type { EntityRecord } from '../../model/entity.js';
import type { Millis } from '../../model/time.js';

/**
 * When a case last rotated a secret, or null where none did (semantics, section 5, after the case). A secret
 * that still waits for its rotation was last rotated when its `rotatedAt` says.
 */
export function rotatedByCase({
  overlay,
  properties,
}: Pick<EntityRecord, 'overlay' | 'properties'>): Millis | null {
  if (overlay === null) return null;
  const known = typeof properties.rotatedAt === 'number' ? properties.rotatedAt : null;
  if (overlay.status === WAITING) return known;
  return Math.max(overlay.at, known ?? overlay.at);
}

const WAITING = 'ROTATION_REQUIRED';

/** Whether somebody who last read a secret then (null: nobody says when) knows only a value from before. */
export function knowsOldValue(lastReadAt: Millis | null, rotatedAt: Millis | null): boolean {
  return rotatedAt !== null && (lastReadAt === null || lastReadAt <= rotatedAt);
}
