import type { Case } from '../case/case.js';
import type { CaseAction } from '../case/case-action.js';
import type { KeptPlan } from '../case/kept-plan.js';
import type { CaseContext } from '../case-context.js';
import type { HeldLease } from './case-lease.js';
import type { ExecutionLimits } from './limits.js';

/** What the steps of one run share: the case as it was last read, and the lease. */
export interface Run {
  readonly caseContext: CaseContext;
  readonly held: HeldLease;
  readonly limits: ExecutionLimits;
  readonly random: () => number;
  /** Stops the run, also while a source is asked. */
  readonly signal: AbortSignal;
  readonly plan: KeptPlan;
  offboarding: Case;
  actions: CaseAction[];
  /** The value of `Case.changes` for which `actions` are current. */
  known: number;
  /** The revision at which it was last checked that they are current. */
  seen: number;
  /** How often this run has written. */
  commits: number;
  /** `seen` less `commits` at the last check that found no rolled-back workload; valid until another writer commits. */
  safe: number | null;
  /** How often this run has swept. */
  swept: number;
  /** How often in a row the graph had changed between reading it and writing the result. */
  missed: number;
}
