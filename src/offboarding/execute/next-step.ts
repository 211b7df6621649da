import type { Millis } from '../../model/time.js';
import type { Case } from '../case/case.js';
import { type CaseAction, isSettled } from '../case/case-action.js';
import { PHASE_ORDER, type Phase, type PlanBody } from '../plan/plan.js';

/** What is to be done next with a case. */
export type CaseStep =
  | { readonly step: 'BEGIN_PHASE'; readonly phase: Phase }
  | { readonly step: 'ACT'; readonly action: CaseAction }
  /** What it needs was refused, and so it cannot be done. */
  | { readonly step: 'GIVE_UP'; readonly action: CaseAction; readonly because: string }
  /** The case was cancelled: what phase 2 made is to be retired again. */
  | { readonly step: 'UNDO' }
  /** All that is undone, and the case is over. */
  | { readonly step: 'END_CANCELLED' }
  /** Nothing is left but phase 7. */
  | { readonly step: 'FINISH' }
  /**
   * `until`: when to look again, in ISO 8601; null: not before somebody does something. `rollbackFound`: what would be next
   * would stop a re-homed workload.
   */
  | {
      readonly step: 'WAIT';
      readonly until: string | null;
      readonly because: string;
      readonly rollbackFound?: boolean;
    };

/** The part of a plan that says in which order its phases come. */
export type Course = Pick<PlanBody, 'mode' | 'lastWorkingDay'>;

/**
 * The next step of a case: a function of what is recorded alone, so that whoever takes the case over goes on where
 * it stopped. A phase begins when all actions of the phases before it are settled.
 */
export function nextStep(
  offboarding: Pick<Case, 'begun' | 'cancelled'>,
  course: Course,
  actions: readonly CaseAction[],
  now: Millis,
): CaseStep {
  if (offboarding.cancelled !== null) return undoing(offboarding, actions, now);
  if (isAhead(course, now)) return beforeLastDay(offboarding, course, actions, now);
  for (const phase of PHASE_ORDER[course.mode]) {
    if (phase === 7) break;
    const step = inPhase(offboarding, phase, ofPhase(actions, phase), isMadeFirst(course, phase), now);
    if (step !== null) return step;
  }
  return { step: 'FINISH' };
}

/** Actions that undo what phase 2 made have ids of their own. */
export const UNDO = 'undo/';

/** A cancelled case: what is under way comes to its end, then what was made is retired again, the last first. */
function undoing(offboarding: Pick<Case, 'begun'>, actions: readonly CaseAction[], now: Millis): CaseStep {
  const undo = actions.filter(({ action }) => action.id.startsWith(UNDO));
  const underWay = actions.filter(({ state }) => state === 'RUNNING' || state === 'REQUESTED');
  if (undo.length === 0) return inPhase(offboarding, 2, underWay, false, now) ?? { step: 'UNDO' };
  return inPhase(offboarding, 2, undo, false, now) ?? { step: 'END_CANCELLED' };
}

/** The last working day is still to come: nothing is taken away. */
function isAhead({ mode, lastWorkingDay }: Course, now: Millis): boolean {
  return mode === 'CONTINUITY_FIRST' && lastWorkingDay !== null && now < Date.parse(lastWorkingDay);
}

/** Make before break: what phase 2 was refused keeps all that comes after from beginning, until somebody decides. */
const isMadeFirst = ({ mode }: Course, phase: Phase): boolean => mode === 'CONTINUITY_FIRST' && phase === 2;

const ofPhase = (actions: readonly CaseAction[], phase: Phase): CaseAction[] =>
  actions.filter(({ action }) => action.phase === phase);

/** What may be made early is made; then the case waits for the last working day. */
function beforeLastDay(
  offboarding: Pick<Case, 'begun'>,
  course: Course,
  actions: readonly CaseAction[],
  now: Millis,
): CaseStep {
  const early = ofPhase(actions, 2).filter(({ action }) => action.early);
  const step = inPhase(offboarding, 2, early, true, now);
  if (step !== null && step.step !== 'WAIT') return step;
  const day = course.lastWorkingDay as string;
  const stands = step === null ? '' : ` Meanwhile: ${step.because}`;
  return {
    step: 'WAIT',
    until: earliest([day, step?.until ?? null]),
    because: `It waits for the last working day, ${day}.${stands}`,
  };
}

/** The next step within a phase; null where nothing of it is left. */
function inPhase(
  { begun }: Pick<Case, 'begun'>,
  phase: Phase,
  actions: readonly CaseAction[],
  madeFirst: boolean,
  now: Millis,
): CaseStep | null {
  const left = actions.filter((action) => !isOver(action, madeFirst));
  if (left.length === 0) return null;
  if (!begun.includes(phase)) return { step: 'BEGIN_PHASE', phase };
  const byId = new Map(actions.map((action) => [action.action.id, action]));
  const action = left.find((candidate) => mayRun(candidate, byId, madeFirst, now));
  if (action !== undefined) return tried(action, byId);
  return { step: 'WAIT', until: earliest(left.map(wakes)), because: whyItWaits(left, phase) };
}

/** What phase 2 makes is made of what it made before; elsewhere the rest goes on without what was refused. */
function tried(action: CaseAction, byId: ReadonlyMap<string, CaseAction>): CaseStep {
  const lacking =
    action.action.phase === 2
      ? action.action.dependsOn.find((id) => byId.get(id)?.state === 'IRREVOCABLE')
      : undefined;
  if (lacking === undefined) return { step: 'ACT', action };
  return { step: 'GIVE_UP', action, because: `It needs ${lacking}, which was refused.` };
}

function isOver(action: CaseAction, madeFirst: boolean): boolean {
  return isSettled(action) && !(madeFirst && action.state === 'IRREVOCABLE');
}

/** Whether it is its turn: what it depends on is over, and it does not wait for somebody or for a time. */
function mayRun(
  { action, state, notBefore }: CaseAction,
  byId: ReadonlyMap<string, CaseAction>,
  madeFirst: boolean,
  now: Millis,
): boolean {
  if (state !== 'PENDING' && state !== 'RUNNING' && state !== 'REQUESTED') return false;
  if (notBefore !== null && now < Date.parse(notBefore)) return false;
  return action.dependsOn.every((id) => {
    const before = byId.get(id);
    return before === undefined || isOver(before, madeFirst);
  });
}

/** When an action has to be looked at again of itself. */
const wakes = ({ state, notBefore }: CaseAction): string | null =>
  state === 'RUNNING' || state === 'REQUESTED' || state === 'PENDING' ? notBefore : null;

/** The earliest of times in ISO 8601, which compare as text; null where there is none. */
export function earliest(times: readonly (string | null)[]): string | null {
  return times.reduce(
    (first, time) => (first === null || (time !== null && time < first) ? time : first),
    null,
  );
}

const REASONS: readonly (readonly [CaseAction['state'], string])[] = [
  ['WAITING_FOR_PERSON', 'to be done and attested by a person'],
  ['REQUESTED', 'begun by their source, which will call back'],
  ['RUNNING', 'to be tried again'],
  ['IRREVOCABLE', 'refused: waive or resume'],
];

/** In words: how many actions of a phase wait for what. */
function whyItWaits(left: readonly CaseAction[], phase: Phase): string {
  const parts = REASONS.flatMap(([state, words]) => {
    const count = left.filter((action) => action.state === state).length;
    return count === 0 ? [] : [`${count} ${words}`];
  });
  // No plan is to come to this; if one does, it must not wait without a word.
  if (parts.length === 0)
    parts.push(`${left.length} that wait for one another: cancel the case and plan again`);
  return `Phase ${phase} has actions that are not over: ${parts.join('; ')}.`;
}
