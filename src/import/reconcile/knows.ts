import type { EntityRecord } from '../../model/entity.js';
import type { Millis } from '../../model/time.js';

/** The last rotation of a secret on which a case has acted. */
export interface Rotation {
  readonly at: Millis;
  /** Whether another rotation is due: then a person who read the secret at an unknown time may know a valid value. */
  readonly isDue: boolean;
}

/**
 * When a case last rotated a secret; null where none did (semantics, section 5, after the case). A secret whose rotation
 * is due was last rotated at its `rotatedAt`, by anyone.
 */
export function rotatedByCase({
  overlay,
  properties,
}: Pick<EntityRecord, 'overlay' | 'properties'>): Rotation | null {
  if (overlay === null) return null;
  const known = typeof properties.rotatedAt === 'number' ? properties.rotatedAt : null;
  if (overlay.status === ROTATION_DUE)
    return known === null ? null : { at: known, isDue: known <= overlay.at };
  return { at: Math.max(overlay.at, known ?? overlay.at), isDue: false };
}

const ROTATION_DUE = 'ROTATION_REQUIRED';

/** Whether a report that a person knows a secret is about a value from before its last rotation. */
export type Outdated = 'YES' | 'NO' | 'IF_A_CASE_ENDED_IT';

/**
 * Whether a person knows only an old value of a secret. While another rotation is due, the last one need not have been
 * done by a case: then only what a case has ended is void.
 *
 * @param lastReadAt when the person last read the secret; null where that is unknown
 */
export function knowsOldValue(lastReadAt: Millis | null, rotation: Rotation | null): Outdated {
  if (rotation === null) return 'NO';
  if (lastReadAt !== null) return lastReadAt <= rotation.at ? 'YES' : 'NO';
  return rotation.isDue ? 'IF_A_CASE_ENDED_IT' : 'YES';
}
