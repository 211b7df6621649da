import { conflict } from '../../model/errors.js';
import type { Case, CaseState } from './case.js';

/** For each state in which an operation is possible: the states that the case may have afterwards. */
type Targets = Readonly<Partial<Record<CaseState, readonly CaseState[]>>>;

/** The operation leaves the state as it is. */
const unchanged = (...states: readonly CaseState[]): Targets =>
  Object.fromEntries(states.map((state) => [state, [state]]));

/** Operations that people ask for, and which are refused with CONFLICT in every state that is not listed. */
const REQUESTED = {
  /** A person decides about an entity. The plan is made again, and an approval is taken back. */
  DECIDE: { IN_REVIEW: ['IN_REVIEW'], APPROVED: ['IN_REVIEW'] },
  /** The case is planned again. An approval is taken back. */
  REPLAN: { IN_REVIEW: ['IN_REVIEW'], APPROVED: ['IN_REVIEW'] },
  APPROVE: { IN_REVIEW: ['APPROVED'] },
  EXECUTE: { APPROVED: ['EXECUTING'] },
  /** At once before anything has begun; afterwards the case executes what undoes phase 2, and is CANCELLED then. */
  CANCEL: {
    IN_REVIEW: ['CANCELLED'],
    APPROVED: ['CANCELLED'],
    EXECUTING: ['CANCELLED', 'EXECUTING'],
    WAITING: ['CANCELLED', 'EXECUTING'],
  },
  /** An action that was waived may be attested after the case was verified without it. */
  ATTEST: unchanged('EXECUTING', 'WAITING', 'INCOMPLETE', 'VERIFIED'),
  WAIVE: unchanged('EXECUTING', 'WAITING', 'INCOMPLETE'),
  RESUME: unchanged('EXECUTING', 'WAITING', 'INCOMPLETE'),
} as const satisfies Record<string, Targets>;

/** Operations of runners, sources and imports. In a state that is not listed they do nothing. */
const AUTOMATIC = {
  /** A verified case is resumed only when the time of its next verification has come. */
  RESUME_WHEN_DUE: unchanged('VERIFIED'),
  /** An instance takes the right to run the case. */
  TAKE: {
    EXECUTING: ['EXECUTING'],
    WAITING: ['EXECUTING'],
    INCOMPLETE: ['EXECUTING'],
    VERIFIED: ['EXECUTING'],
  },
  /** The instance that runs the case records a step, or gives the right back. */
  RUN: unchanged('EXECUTING'),
  /** A run stops because the case waits for a person, a source or a time, or because of a failure. */
  WAIT: { EXECUTING: ['WAITING'] },
  /** Phase 7 ends the case. */
  VERIFY: { EXECUTING: ['VERIFIED', 'INCOMPLETE'] },
  /** What phase 2 of a cancelled case made has been retired. */
  END_CANCELLED: { EXECUTING: ['CANCELLED'] },
  /** A source calls back about an action. */
  CALL_BACK: unchanged('IN_REVIEW', 'APPROVED', 'EXECUTING', 'WAITING', 'INCOMPLETE', 'VERIFIED'),
  /** An import shows something again that the case had ended. */
  REOPEN: { VERIFIED: ['INCOMPLETE'], INCOMPLETE: ['INCOMPLETE'] },
} as const satisfies Record<string, Targets>;

type RequestedOperation = keyof typeof REQUESTED;
/** Everything that can happen to the state of a case. */
export type CaseOperation = RequestedOperation | keyof typeof AUTOMATIC;

/**
 * The one table of transitions: by operation, from which state a case may go to which. Every place that checks or
 * sets the state of a case asks it.
 */
export const TRANSITIONS: Readonly<Record<CaseOperation, Targets>> = { ...REQUESTED, ...AUTOMATIC };

/** The state of a new case. Only a cascade that needs no second person begins as APPROVED. */
export const initialState = (needsApproval: boolean): CaseState => (needsApproval ? 'IN_REVIEW' : 'APPROVED');

/** Whether an operation is possible in a state. */
export const isPossible = (operation: CaseOperation, state: CaseState): boolean =>
  TRANSITIONS[operation][state] !== undefined;

/**
 * The state that a case gets by an operation.
 *
 * @param to which of the possible states; needed only where there are several
 * @throws Error (INTERNAL) for a transition that is not in the table
 */
export function stateAfter(operation: CaseOperation, from: CaseState, to?: CaseState): CaseState {
  const targets = TRANSITIONS[operation][from] ?? [];
  const target = to ?? (targets.length === 1 ? targets[0] : undefined);
  if (target === undefined || !targets.includes(target))
    throw new Error(`${operation} does not lead from ${from} to ${to ?? 'a single state'}.`);
  return target;
}

/** Whether a case may have one state and then another: the same, or one that an operation leads to. */
export const canFollow = (from: CaseState, to: CaseState): boolean =>
  from === to || Object.values(TRANSITIONS).some((targets) => targets[from]?.includes(to));

/**
 * States in which a case has come to its end. A case that is INCOMPLETE, or whose verification is due, may still be
 * taken and verified again.
 */
const ENDED_STATES: readonly CaseState[] = ['VERIFIED', 'INCOMPLETE', 'CANCELLED'];

/** Whether a case has not come to its end. A person has one such case at most. */
export const isOpen = ({ state }: Pick<Case, 'state'>): boolean => !ENDED_STATES.includes(state);

/** Whether a case has been executed and has not come to its end: it runs, or it waits. */
export const isUnderWay = ({ state }: Pick<Case, 'state'>): boolean =>
  isOpen({ state }) && isPossible('TAKE', state);

/** The participle of an operation, for "cannot be …". */
const PARTICIPLES: Readonly<Record<RequestedOperation, string>> = {
  DECIDE: 'decided on',
  REPLAN: 'planned again',
  APPROVE: 'approved',
  EXECUTE: 'executed',
  CANCEL: 'cancelled',
  ATTEST: 'attested to',
  WAIVE: 'waived',
  RESUME: 'resumed',
};

/** What can be done with a case in a state, for whoever tried something else. */
const INSTEAD: Readonly<Record<CaseState, string>> = {
  IN_REVIEW: 'it waits for decisions and for approval',
  APPROVED: 'it is approved; decide or plan again to take that back, or execute it',
  EXECUTING: 'it is being carried out; wait for its end, or cancel it until phase 1, 3 or 4 has begun',
  WAITING:
    'it is being carried out and waits; resume it when that is over, or cancel it until phase 1, 3 or 4 has begun',
  VERIFIED: 'it is over; plan a new one if there is anything left to do',
  INCOMPLETE:
    'its plan was carried out and something is left; attest or waive that, or plan a new case for it',
  CANCELLED: 'it was cancelled; plan a new one',
};

/**
 * Requires that an operation is possible in the state of a case.
 *
 * @throws CONFLICT with the state and what to do instead
 */
export function requirePossible(operation: RequestedOperation, { id, state }: Case): void {
  if (isPossible(operation, state)) return;
  throw conflict(`The case ${id} is ${state} and cannot be ${PARTICIPLES[operation]}: ${INSTEAD[state]}.`, {
    state,
  });
}
