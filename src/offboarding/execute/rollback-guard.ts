import type { GraphView } from '../../graph/view.js';
import { formatTime } from '../../model/time.js';
import { type CaseAction, isSettled } from '../case/case-action.js';
import type { Change } from '../plan/change.js';
import { isOpen } from '../plan/is-open.js';
import type { Phase } from '../plan/plan.js';
import { brokenBy } from '../verify/newly-broken.js';
import { type CaseStep, earliest, nextStep } from './next-step.js';
import type { Run } from './run.js';

/** Phases that end what workloads stand on. The fence waits for nothing: it locks what re-homed workloads stand on. */
const CUTTING: readonly Phase[] = [3, 4, 5];

/** How many workloads are named where a case waits for them. */
const MAX_NAMED = 5;

/** A re-homed workload that works now, and would not once the case goes on. */
interface RolledBack {
  readonly workload: string;
  /** Actions that would stop it by themselves; none: only several together do. */
  readonly actions: readonly CaseAction[];
}

/**
 * The step, or a wait in its place where it would begin to cut off what a re-homed workload stands on again: somebody
 * has rolled it back since phase 2, and nobody has agreed to break it. Whether they had a reason is theirs to say, so
 * the case does not take it off a second time by itself.
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
  // Whoever has been asked to end it by hand is to know.
  return {
    ...step,
    until: earliest([look, step.until]),
    because: `${step.because} ${words}`,
    rollbackFound: true,
  };
}

/** The next step if nothing more were to begin before `look`: what was asked for already is tried again in its time. */
function ofWhatWasBegun({ caseContext, offboarding, plan, actions }: Run, look: string): CaseStep {
  const rest = actions.map((action) => {
    const isHeld = action.state === 'PENDING' && CUTTING.includes(action.action.phase);
    return isHeld ? { ...action, notBefore: look } : action;
  });
  return nextStep(offboarding, plan.body, rest, caseContext.clock.now());
}

/**
 * Whether a step is the first of something that ends what others may need, or waits in the midst of that. What was
 * asked for before goes on.
 */
function cuts({ offboarding, plan }: Run, step: CaseStep): boolean {
  const { mode, human } = plan.body;
  // Whoever puts security first has accepted that workloads stop for a time.
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
 * Workloads that phase 2 has put onto what it made, and that have something open again of what it ended for them. What
 * else would stop one is by the plan that was approved, or by what was waived since.
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
