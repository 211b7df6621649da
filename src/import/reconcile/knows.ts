import type { EntityRecord } from '../../model/entity.js';
import type { Millis } from '../../model/time.js';

/** When a secret on which a case acted was last rotated. */
export interface Rotation {
  readonly at: Millis;
  /** Another one is due: whoever read it at an unknown time may still know what works. */
  readonly waits: boolean;
}

/**
 * When a case last rotated a secret, or null where none did (semantics, section 5, after the case). A secret
 * that still waits for its rotation was last rotated when its `rotatedAt` says, by whomever.
 */
export function rotatedByCase({
  overlay,
  properties,
}: Pick<EntityRecord, 'overlay' | 'properties'>): Rotation | null {
  if (overlay === null) return null;
  const known = typeof properties.rotatedAt === 'number' ? properties.rotatedAt : null;
  if (overlay.status === WAITING) return known === null ? null : { at: known, waits: known <= overlay.at };
  return { at: Math.max(overlay.at, known ?? overlay.at), waits: false };
}

const WAITING = 'ROTATION_REQUIRED';

/** Whether a report that somebody knows a secret is of a value from before its last rotation. */
export type Outdated = 'YES' | 'NO' | 'IF_A_CASE_ENDED_IT';

/**
 * What to make of somebody who last read a secret then (null: nobody says when). While another rotation is due, that
 * of before may have been anybody's: what no case has ended by rotating goes on.
 */
export function knowsOldValue(lastReadAt: Millis | null, rotation: Rotation | null): Outdated {
  if (rotation === null) return 'NO';
  if (lastReadAt !== null) return lastReadAt <= rotation.at ? 'YES' : 'NO';
  return rotation.waits ? 'IF_A_CASE_ENDED_IT' : 'YES';
}
