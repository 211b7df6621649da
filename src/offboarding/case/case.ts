import type { ClockKind } from '../../model/clock.js';
import type { Proof } from '../../sources/actuator.js';
import type { Mode, Phase } from '../plan/plan.js';
import type { DecisionAction } from '../policy/policy.js';

/** States of a case (api, section 3); `case-states.ts` says which follow which. */
export const CASE_STATES = [
  'IN_REVIEW',
  'APPROVED',
  'EXECUTING',
  'WAITING',
  'VERIFIED',
  'INCOMPLETE',
  'CANCELLED',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** What a case is about: a person who leaves, or one thing (semantics, section 5, *One thing at a time*). */
export const CASE_KINDS = ['OFFBOARDING', 'REVOKE', 'ROTATE', 'REHOME', 'TRANSFER', 'RETIRE'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

/** Records who did something to a case, when and why. */
export interface Signature {
  readonly subject: string;
  readonly signedInBy: string;
  /** ISO 8601. */
  readonly at: string;
  readonly reason: string | null;
}

/** What a person decided about one thing instead of the rules. The newest of an entity counts. */
export interface CaseDecision {
  readonly entity: string;
  readonly action: DecisionAction;
  readonly successor: string | null;
  readonly managedIdentity: string | null;
  readonly by: Signature;
}

/** The right to run a case. Of several instances, the one with the newest fencing number has it. */
export interface Lease {
  /** Which instance: a name made when it started. */
  readonly holder: string;
  /** Increases whenever the lease is taken. A holder with an older number may not write. */
  readonly fencing: number;
  /** ISO 8601; from then on another may take it. */
  readonly until: string;
}

/** The input of the planner, which is kept for planning again. All of it is hashed with the plan. */
export interface CaseInput {
  readonly kind: CaseKind;
  /** Id of the person who leaves; null where the case is about one thing. */
  readonly human: string | null;
  /** Id of the one thing; null where a person leaves. */
  readonly target: string | null;
  /** The mode that was asked for, else the one that follows from the last working day. */
  readonly mode: Mode;
  /** ISO 8601. */
  readonly evaluatedAt: string;
  readonly lastWorkingDay: string | null;
  /** Who was asked to take over; null: the planner looks upwards. */
  readonly successor: string | null;
  /** For REHOME and TRANSFER of one thing: the identity to use, and from whom it goes. */
  readonly managedIdentity: string | null;
  readonly from: string | null;
}

/** What the person who planned chose; it is kept when the case is planned again. Null: the rules choose. */
export interface PlanChoices {
  readonly mode: Mode | null;
  /** A day or a moment, as it was written. */
  readonly lastWorkingDay: string | null;
}

/**
 * A case from the plan to its proof. Its plan and its actions are documents of their own
 * (`case-documents.ts`), because they are large and change at other times.
 */
export interface Case {
  /** `tendril/case/` and a UUID whose order is the order in time. */
  readonly id: string;
  readonly state: CaseState;
  readonly input: CaseInput;
  readonly asked: PlanChoices;
  /**
   * The kind of clock that it was planned by; left out of cases that were made before this was kept. A process that goes
   * by another kind leaves the case alone (`case-clock.ts`).
   */
  readonly clock?: ClockKind;
  readonly decisions: readonly CaseDecision[];
  readonly planHash: string;
  /** null where no policy decided anything. */
  readonly policyHash: string | null;
  /** The revision that the plan was made on. */
  readonly plannedOn: number;
  /** Who planned it the last time. */
  readonly planned: Signature;
  /** Subjects of everybody who planned or decided in the case: none of them may approve it. */
  readonly authors: readonly string[];
  /** Whether a second person has to approve; always where a person leaves. */
  readonly needsApproval: boolean;
  /** null where nobody approved, also in an APPROVED case that needs no approval. */
  readonly approved: Signature | null;
  readonly executed: Signature | null;
  /** With the state EXECUTING: what phase 2 made is being undone, and then the case is CANCELLED. */
  readonly cancelled: Signature | null;
  /** Whether the person who asked for the case allowed that workloads break. */
  readonly allowBreaking: boolean;
  readonly lease: Lease | null;
  /** The newest fencing number that was given. */
  readonly fencing: number;
  /** Phases that have begun, in the order in which they did. */
  readonly begun: readonly Phase[];
  /** How often the case has changed. While this number stays the same, its actions are unchanged too. */
  readonly changes: number;
  /** How many sweeps there have been. */
  readonly sweeps: number;
  /** ISO 8601: when a runner has to look at the case again by itself; null: not before somebody does something. */
  readonly wakeAt: string | null;
  /** Why the case waits or is incomplete, in a sentence for people; null where nothing is to be said. */
  readonly because: string | null;
  /** ISO 8601: since when it waits because of rolled-back workloads; null or left out where it does not. */
  readonly heldSince?: string | null;
  /** ISO 8601 of its end; null before. */
  readonly endedAt: string | null;
  /** The weakest proof of all that was done; null until it is VERIFIED. */
  readonly assurance: Proof | null;
}
