import type { Case } from '../case/case.js';
import type { CaseAction } from '../case/case-action.js';
import type { KeptPlan } from '../case/kept-plan.js';
import type { CaseContext } from '../case-context.js';
import type { HeldLease } from './case-lease.js';
import type { ExecutionLimits } from './limits.js';

/** What the steps of one run share: the case as it was last seen, under the right to run it. */
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
  /** How often the case had changed when `actions` were as they are here (`Case.changes`). */
  known: number;
  /** The revision at which it was last looked whether they still are. */
  seen: number;
  /** How often this run has written. */
  commits: number;
  /** `seen` less `commits` when nothing that is to be ended was needed: as long as nobody else writes, it stays so. */
  safe: number | null;
  /** How often this run has swept. */
  swept: number;
  /** How often in a row the graph had changed when what a look at it came to was to be written. */
  missed: number;
}
