import type { RelationshipKey } from '../../model/entity.js';
import { ruleOf } from '../../model/relationships.js';
import type { Place } from '../base/problems.js';
import { knowsOldValue, type Outdated } from '../reconcile/knows.js';
import type { Mention } from '../reconcile/relationship.js';
import type { ImportSession } from '../session/session.js';

/** A relationship of a file that was checked and accepted. */
export interface Accepted {
  readonly mention: Mention;
  readonly place: Place;
}

/** Whether a case has rotated the secret since the person who is said to know it last read it. */
export function isOutdated(
  { rotations }: ImportSession,
  { type, to }: RelationshipKey,
  lastReadAt: number | null,
): Outdated {
  if (rotations.size === 0 || ruleOf(type).role !== 'KNOWLEDGE') return 'NO';
  return knowsOldValue(lastReadAt, rotations.get(to) ?? null);
}
