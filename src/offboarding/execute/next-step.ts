import type { Millis } from '../../model/time.js';
import type { Case } from '../case/case.js';
import { type CaseAction, isSettled } from '../case/case-action.js';
import { PHASE_ORDER, type Phase, type PlanBody } from '../plan/plan.js';
import { groupOf, isIssuedToWrite, waitsFor } from './value-group.js';

/** What is to be done next with a case. */
export type CaseStep =
  | { readonly step: 'BEGIN_PHASE'; readonly phase: Phase }
  | { readonly step: 'ACT'; readonly action: CaseAction }
  /** An action that it needs was refused, and so it cannot be done. */
  | { readonly step: 'GIVE_UP'; readonly action: CaseAction; readonly because: string }
  /** The case was cancelled: what phase 2 made is to be retired again. */
  | { readonly step: 'UNDO' }
  /** All that is undone, and the case is over. */
  | { readonly step: 'END_CANCELLED' }
  /** Nothing is left but phase 7. */
  | { readonly step: 'FINISH' }
  /**
   * `until`: when to look again, in ISO 8601; null: not before somebody does something. `rollbackFound`: the next
   * action would stop a re-homed workload that was rolled back.
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
 * The next step of a case. It depends only on what is recorded, so that another instance can continue where one
 * stopped. A phase begins when all actions of the earlier phases are settled.
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

/** Prefix of the ids of actions that undo phase 2. */
export const UNDO = 'undo/';

/** A cancelled case: actions under way are finished, then what was made is retired in reverse order. */
function undoing(offboarding: Pick<Case, 'begun'>, actions: readonly CaseAction[], now: Millis): CaseStep {
  const undo = actions.filter(({ action }) => action.id.startsWith(UNDO));
  const underWay = actions.filter(({ state }) => state === 'RUNNING' || state === 'REQUESTED');
  if (undo.length === 0) return inPhase(offboarding, 2, underWay, false, now) ?? { step: 'UNDO' };
  return inPhase(offboarding, 2, undo, false, now) ?? { step: 'END_CANCELLED' };
}

/** Whether the last working day is still to come. Until then no access is removed. */
function isAhead({ mode, lastWorkingDay }: Course, now: Millis): boolean {
  return mode === 'CONTINUITY_FIRST' && lastWorkingDay !== null && now < Date.parse(lastWorkingDay);
}

/** Make before break: a refused action of phase 2 keeps the later phases from beginning, until somebody decides. */
const isMadeFirst = ({ mode }: Course, phase: Phase): boolean => mode === 'CONTINUITY_FIRST' && phase === 2;

const ofPhase = (actions: readonly CaseAction[], phase: Phase): CaseAction[] =>
  actions.filter(({ action }) => action.phase === phase);

/** The early actions of phase 2; after them the case waits for the last working day. */
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

/** In phase 2 an action cannot be done without those it depends on; in the other phases it is done all the same. */
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

/**
 * Whether an action may run: those it depends on are over, and it does not wait for a person or a time. What is issued
 * waits for all that has to be over before its value can be written.
 */
function mayRun(
  candidate: CaseAction,
  byId: ReadonlyMap<string, CaseAction>,
  madeFirst: boolean,
  now: Millis,
): boolean {
  const { action, state, notBefore } = candidate;
  if (state !== 'PENDING' && state !== 'RUNNING' && state !== 'REQUESTED') return false;
  if (notBefore !== null && now < Date.parse(notBefore)) return false;
  const needs = isIssuedToWrite(candidate)
    ? waitsFor(groupOf(candidate, [...byId.values()]))
    : action.dependsOn;
  return needs.every((id) => {
    const before = byId.get(id);
    return before === undefined || isOver(before, madeFirst);
  });
}

/** When an action has to be tried again by itself; null where it waits for somebody. */
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
  // A plan should never get here. If one does, the case must say why it waits.
  if (parts.length === 0)
    parts.push(`${left.length} that wait for one another: cancel the case and plan again`);
  return `Phase ${phase} has actions that are not over: ${parts.join('; ')}.`;
}
