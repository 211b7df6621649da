import type { EntityNumber } from '../../graph/view.js';
import type { DecisionAction } from '../policy/policy.js';

/** Why a decision was taken back to REVIEW (semantics, section 4). */
export type Guard = 'HAS_ANSWERING_OWNER' | 'USED_BY_OTHERS' | 'WOULD_BREAK_OTHERS' | 'NEEDS_REFUSED_APP';

/** A decision about one entity. */
export interface Decision {
  readonly entity: EntityNumber;
  readonly action: DecisionAction;
  /** The rule that decided, from 1; 0: a person did. */
  readonly rule: number;
  /** What took the decision back to REVIEW; null: nothing. */
  readonly guard: Guard | null;
  readonly standsOnLeaver: boolean;
}
