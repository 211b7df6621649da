import type { ReasonStep } from '../../graph/reason.js';
import type { Visibility } from '../../model/visibility.js';

/** The invariants of semantics section 5. */
export const INVARIANTS = ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7'] as const;
export type Invariant = (typeof INVARIANTS)[number];

/** Whether an invariant holds, and what shows it. */
export interface Check {
  readonly invariant: Invariant;
  readonly holds: boolean;
  /** A sentence with what was looked at, and how much of it. */
  readonly evidence: string;
  /** Ids of what speaks against it. */
  readonly against: readonly string[];
}

/** OPEN keeps the case INCOMPLETE; NOTED keeps nothing open. */
export type ResidualKind = 'OPEN' | 'NOTED';

/** An entry of the residual ledger: something that is left after a case (semantics, section 5, *Residual ledger*). */
export interface Residual {
  readonly entity: string;
  readonly kind: ResidualKind;
  readonly why: string;
  /** ISO 8601. */
  readonly since: string;
  /** ISO 8601: when it ends by itself, or is looked at again; null where it does not. */
  readonly until: string | null;
  /** Who answers for it: a subject, or the id of an entity; null: nobody does yet. */
  readonly owner: string | null;
  /** ISO 8601: until when somebody answers for going on without it; left out where nobody waived it. */
  readonly waivedUntil?: string;
  /** The action it comes from; null where it comes from none. */
  readonly action: string | null;
  /** The path by which it is still reached; empty where it is not. */
  readonly path: readonly ReasonStep[];
}

/** What phase 7 found, at one revision. */
export interface Verification {
  /** ISO 8601. */
  readonly at: string;
  readonly revision: number;
  readonly checks: readonly Check[];
  readonly residual: readonly Residual[];
  /** What the sources let it see; left out of verifications that were made before this was kept. */
  readonly visibility?: Visibility;
}
