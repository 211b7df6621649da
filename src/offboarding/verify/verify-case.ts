import type { EntityNumber, GraphView } from '../../graph/view.js';
import { formatTime } from '../../model/time.js';
import { briefly, type Unknown, unknownIn } from '../../model/unknown.js';
import type { Proof } from '../../sources/actuator.js';
import type { DocumentWrite } from '../../store/journal.js';
import type { Case } from '../case/case.js';
import type { CaseAction } from '../case/case-action.js';
import { actionDocument, verificationDocument } from '../case/case-documents.js';
import type { KeptPlan } from '../case/kept-plan.js';
import type { Check, Residual, Verification } from '../case/verification.js';
import type { CaseContext } from '../case-context.js';
import type { Facts } from '../plan/context.js';
import { withFacts } from '../plan/facts.js';
import { accountsBehind, visibleOf } from '../visible.js';
import { CaseInspection, type InspectedCase } from './case-inspection.js';
import { unnamedChanges } from './check-named.js';
import { checkRecorded, eventsOf, revisionsOf } from './check-recorded.js';
import { checkResidue, count } from './check-residue.js';
import { checkSettled, undoneSince } from './check-settled.js';
import { checkAccountable, checkContinuity, collateral } from './check-workloads.js';
import { endedFamilies } from './ended-families.js';
import { assuranceOf, observed } from './observed.js';
import { type PlannedSweep, planSweep } from './plan-sweep.js';
import { notedUnknowns, residualOf } from './residual.js';
import { type Said, whatEndedSaid, withoutCase } from './undone.js';

/** The result of phase 7. Commit it only on the revision that was verified: later changes were not looked at. */
export interface Verified {
  readonly verification: Verification;
  /** Whether the case becomes VERIFIED: all invariants hold, and no residual entry is open. */
  readonly isVerified: boolean;
  /** The weakest proof of all that was done; null unless it is verified. */
  readonly assurance: Proof | null;
  /** ISO 8601: when the case has to be verified again because an entry ends by then; null where none ends by itself. */
  readonly again: string | null;
  /** Why it is not verified, in a sentence; null where it is. */
  readonly because: string | null;
  /** Actions of which a later import has shown that they took effect. */
  readonly observed: readonly CaseAction[];
  /** What is to be written with the new state of the case. */
  readonly documents: readonly DocumentWrite[];
}

/** Phase 7: computes from the store, at one revision, whether a case has done what it should. */
export async function verifyCase(
  caseContext: CaseContext,
  offboarding: Case,
  plan: KeptPlan,
  actions: readonly CaseAction[],
): Promise<Verified> {
  const { store, clock } = caseContext;
  const now = clock.now();
  const graphState = await caseContext.graphs.current(now);
  const given = { policy: caseContext.policy.policy, input: offboarding.input, body: plan.body, actions };
  const said = await whatEndedSaid(store, graphState, actions);
  const visibility = await visibleOf(caseContext, graphState, (view) =>
    concernedBy(view, offboarding, plan, actions),
  );
  const unknown = unknownIn(visibility);
  const look = (view: GraphView, facts: Facts) =>
    inGraph({ ...given, view, facts }, offboarding, plan, { said, unknown });
  const { seen, found, ...graph } = await withFacts(store, graphState, look);
  const events = await eventsOf(store.journal, offboarding.id);
  const named = await unnamedChanges(store, graphState, actions, revisionsOf(events));
  const recorded = await checkRecorded(store.journal, events, actions);
  const checks = [graph.residue, noCollateral(found, named), ...graph.kept, recorded, ...graph.last];
  const verification = {
    at: formatTime(now),
    revision: graphState.revision,
    checks,
    residual: [...graph.residual, ...notedUnknowns(unknown, graph.common)],
    visibility,
  };
  const settled = actions.map(
    (action) => seen.find(({ position }) => position === action.position) ?? action,
  );
  return conclusionOf(
    offboarding.id,
    verification,
    settled,
    [...seen.map(actionDocument), ...graph.families],
    seen,
  );
}

/**
 * The person of a case, with the accounts of theirs that were blind spots of its plan: the case may have taken them away.
 * Of a case about one thing, the accounts behind what it touches.
 */
function concernedBy(
  view: GraphView,
  { input: { human, target } }: Case,
  { visibility }: KeptPlan,
  actions: readonly CaseAction[],
): EntityNumber[] {
  if (human !== null) {
    const blind = visibility?.blindSpots.map(({ account }) => account) ?? [];
    return [human, ...blind].map((id) => view.numberOf(id));
  }
  return accountsBehind(view, [target!, ...actions.map(({ action }) => action.entity)]);
}

/** What was read of the store before the graph is asked. */
interface Known {
  readonly said: Said;
  readonly unknown: readonly Unknown[];
}

/** Computes everything that needs the graph. It has no side effects, since it may run again with more facts. */
function inGraph(inspected: InspectedCase, offboarding: Case, plan: KeptPlan, { said, unknown }: Known) {
  const inspection = new CaseInspection(inspected);
  const without = withoutCase(inspected.view, inspected.facts, inspected.actions, said);
  const undone = undoneSince(inspection);
  const sweep = planSweep(inspected);
  const now = formatTime(inspected.view.now);
  const owner = offboarding.executed?.subject ?? offboarding.planned.subject;
  const executedAt = offboarding.executed?.at ?? now;
  const common = { now, owner, executedAt };
  return {
    seen: observed(inspected),
    found: collateral(inspection, without),
    residue: checkResidue(inspection, unknown),
    kept: [checkContinuity(inspection, without), checkAccountable(inspection, without)],
    last: [checkSettled(inspection, undone), isFixpoint(sweep, unknown)],
    residual: residualOf(inspection, plan, { undone, sweep }, common),
    common,
    families: endedFamilies(inspected, offboarding.id),
  };
}

/** I2: nothing else broke, and nothing else changed. */
function noCollateral(
  broken: { readonly against: readonly string[]; readonly excused: number },
  named: { readonly unnamed: readonly string[]; readonly seen: number },
): Check {
  const against = [...broken.against, ...named.unnamed];
  const stopped = count(broken.against.length, 'workload', 'workloads');
  const evidence =
    `The case stopped ${stopped} besides ${broken.excused} that the plan retires or accepts; of ` +
    `${count(named.seen, 'change', 'changes')} in its commits the plan and its sweeps do not name ${named.unnamed.length}.`;
  return { invariant: 'I2', holds: against.length === 0, evidence, against };
}

/** I7: a sweep now would find nothing to do. */
function isFixpoint({ actions, refused }: PlannedSweep, unknown: readonly Unknown[]): Check {
  const against = [...actions.map(({ action }) => action.entity), ...refused.map(({ entity }) => entity)];
  const evidence =
    against.length === 0
      ? `Of what appeared while the case ran ${briefly('SWEEP_EMPTY', unknown)}.`
      : `A sweep now would do ${count(actions.length, 'more thing', 'more things')}, and may not do ${refused.length}.`;
  return { invariant: 'I7', holds: against.length === 0, evidence, against };
}

function conclusionOf(
  id: string,
  verification: Verification,
  actions: readonly CaseAction[],
  documents: readonly DocumentWrite[],
  seen: readonly CaseAction[],
): Verified {
  const failed = verification.checks.filter(({ holds }) => !holds).map(({ invariant }) => invariant);
  const open = verification.residual.filter(({ kind }) => kind === 'OPEN');
  const isVerified = failed.length === 0 && open.length === 0;
  const holds =
    failed.length === 0
      ? 'every invariant holds'
      : `${failed.join(', ')} ${failed.length === 1 ? 'does' : 'do'} not hold`;
  return {
    verification,
    isVerified,
    assurance: isVerified ? assuranceOf(actions) : null,
    again: nextTime(verification),
    because: isVerified ? null : `${count(open.length, 'entry is', 'entries are')} open, and ${holds}.`,
    observed: seen,
    documents: [verificationDocument(id, verification), ...documents],
  };
}

/** The next moment at which an entry ends by itself; null where there is none. */
export function nextTime({ at, residual }: Verification): string | null {
  const times = residual.flatMap(({ until }: Residual) => (until !== null && until > at ? [until] : []));
  return times.sort()[0] ?? null;
}
