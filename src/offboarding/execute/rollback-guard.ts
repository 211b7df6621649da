import type { GraphView } from '../../graph/view.js';
import { formatTime } from '../../model/time.js';
import { type CaseAction, isSettled } from '../case/case-action.js';
import type { Change } from '../plan/change.js';
import { isOpen } from '../plan/is-open.js';
import type { Phase } from '../plan/plan.js';
import { brokenBy } from '../verify/newly-broken.js';
import { type CaseStep, earliest, nextStep } from './next-step.js';
import type { Run } from './run.js';

/** Phases that end what workloads stand on. The fence (phase 1) is not among them: it does not wait for workloads. */
const CUTTING: readonly Phase[] = [3, 4, 5];

/** How many workloads are named where a case waits for them. */
const MAX_NAMED = 5;

/** A re-homed workload that somebody has rolled back: it works now, and would stop if the case went on. */
interface RolledBack {
  readonly workload: string;
  /** Actions each of which would stop it; none where only several together would. */
  readonly actions: readonly CaseAction[];
}

/**
 * Guards against stopping workloads that were rolled back. The step, or a WAIT in its place where the step would end
 * something that a re-homed workload stands on again: somebody has rolled it back since phase 2, and no approval
 * covers that it breaks. Whether the roll-back had a reason is for people to decide, so the case waits for them.
 */
export async function guardRolledBack(run: Run, step: CaseStep): Promise<CaseStep> {
  if (!cuts(run, step)) return step;
  const others = run.seen - run.commits;
  if (run.safe === others) return step;
  const atRisk = await rolledBackAndAtRisk(run);
  if (atRisk.length === 0) {
    run.safe = others;
    return step;
  }
  const look = formatTime(run.caseContext.clock.now() + run.limits.rollbackLook);
  const words = inWords(atRisk);
  const begun = ofWhatWasBegun(run, look);
  if (begun.step === 'ACT') return begun;
  if (step.step !== 'WAIT') {
    const until = begun.step === 'WAIT' ? begun.until : look;
    return { step: 'WAIT', until, because: words, rollbackFound: true };
  }
  // The people who were asked to end it by hand have to know.
  return {
    ...step,
    until: earliest([look, step.until]),
    because: `${step.because} ${words}`,
    rollbackFound: true,
  };
}

/** The next step if no cutting action may begin before `look`. Actions that were requested already are tried again. */
function ofWhatWasBegun({ caseContext, offboarding, plan, actions }: Run, look: string): CaseStep {
  const rest = actions.map((action) => {
    const isHeld = action.state === 'PENDING' && CUTTING.includes(action.action.phase);
    return isHeld ? { ...action, notBefore: look } : action;
  });
  return nextStep(offboarding, plan.body, rest, caseContext.clock.now());
}

/**
 * Whether a step begins something that ends what workloads stand on, or waits within a phase that does. Actions that
 * were requested before go on.
 */
function cuts({ offboarding, plan }: Run, step: CaseStep): boolean {
  const { mode, human } = plan.body;
  // SECURITY_FIRST accepts that workloads stop for a time.
  if (mode !== 'CONTINUITY_FIRST' || human === null) return false;
  if (step.step === 'BEGIN_PHASE') return CUTTING.includes(step.phase);
  if (step.step === 'WAIT') return offboarding.begun.some((phase) => CUTTING.includes(phase));
  return step.step === 'ACT' && step.action.state === 'PENDING' && CUTTING.includes(step.action.action.phase);
}

async function rolledBackAndAtRisk({ caseContext, plan, actions }: Run): Promise<RolledBack[]> {
  const left = actions.filter((action) => CUTTING.includes(action.action.phase) && !isSettled(action));
  if (left.length === 0) return [];
  const graphState = await caseContext.graphs.current(caseContext.clock.now());
  return graphState.query((view) => {
    const back = rolledBack(view, actions, plan.body.accepted);
    if (back.size === 0) return [];
    const stopped = (changes: readonly Change[]) =>
      brokenBy(
        view,
        changes.filter((change) => isKnown(view, change)),
      )
        .map((workload) => view.idOf(workload))
        .filter((workload) => back.has(workload));
    const all = stopped(left.flatMap(({ action }) => action.changes));
    if (all.length === 0) return [];
    const each = left.map((action) => ({ action, stops: new Set(stopped(action.action.changes)) }));
    return all.map((workload) => ({
      workload,
      actions: each.filter(({ stops }) => stops.has(workload)).map(({ action }) => action),
    }));
  });
}

/**
 * Workloads that phase 2 has re-homed, and for which a relationship is open again that it had ended. Anything else
 * that stops a workload follows from the approved plan, or from a waiver.
 */
function rolledBack(
  view: GraphView,
  actions: readonly CaseAction[],
  accepted: readonly string[],
): ReadonlySet<string> {
  const bound = actions.filter(({ action, state }) => action.kind === 'BIND_WORKLOAD' && state === 'DONE');
  const again = bound.filter(({ action }) =>
    action.changes.some((change) => change.change === 'END' && isOpen(view, change.relationship)),
  );
  const found = new Set(again.map(({ action }) => action.entity));
  for (const workload of accepted) found.delete(workload);
  return found;
}

function isKnown(view: GraphView, change: Change): boolean {
  if (change.change === 'CREATE') return false;
  if (change.change === 'SET_STATUS') return view.numberOf(change.entity) !== 0;
  const { from, to } = change.relationship;
  return view.numberOf(from) !== 0 && view.numberOf(to) !== 0;
}

function inWords(atRisk: readonly RolledBack[]): string {
  const named = atRisk.slice(0, MAX_NAMED).map(({ workload, actions }) => {
    const by = actions.map(({ action }) => `${action.entity} (${action.id})`).join(', ');
    return by === '' ? workload : `${workload} by ${by}`;
  });
  const more = atRisk.length > MAX_NAMED ? ` and ${atRisk.length - MAX_NAMED} more` : '';
  return (
    `These were re-homed, stand on what is to be ended again, and would stop: ${named.join('; ')}${more}. ` +
    'Re-home them again at their source and import that, or waive what would stop them; nothing more is begun before.'
  );
}
