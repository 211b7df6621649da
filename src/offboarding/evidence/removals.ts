import type { Case } from '../case/case.js';
import type { CaseAction } from '../case/case-action.js';
import type { ActionKind } from '../plan/plan.js';

/** Kinds of actions that remove access. */
export const REMOVALS: readonly ActionKind[] = [
  'LOCK_ACCOUNT',
  'END_SESSIONS',
  'DISABLE_ACCOUNT',
  'REVOKE_TOKEN',
  'REVOKE_GRANT',
  'ROTATE_SECRET',
  'RESET_SIGN_IN',
  'END_RELATIONSHIP',
  'RETIRE',
];

/** How long after the departure an access was removed, and how strong the proof is. */
export interface Removal {
  readonly action: string;
  readonly kind: ActionKind;
  readonly entity: string;
  readonly state: string;
  /** Nothing outside was called: the access was not removed, whatever the state says. */
  readonly simulated: boolean;
  /** ISO 8601; null: not done, or only simulated. */
  readonly at: string | null;
  /** Seconds after the departure; negative where it was done before. Null where it was not done, or only simulated. */
  readonly seconds: number | null;
  readonly proof: string | null;
  readonly proofReference: string | null;
}

/** Whether an action only counts as done because its source pretends: nothing outside was called. */
export const isSimulated = ({ state, proof }: Pick<CaseAction, 'state' | 'proof'>): boolean =>
  state === 'DONE' && proof === 'SIMULATED';

/** ISO 8601 of the departure: the last working day where it is known, else the time of planning. */
export const departureOf = ({ input, planned }: Case): string => input.lastWorkingDay ?? planned.at;

/** Every removal of a case with its time after the departure, in the order of execution. */
export function removalsOf(offboarding: Case, actions: readonly CaseAction[]): Removal[] {
  const departure = Date.parse(departureOf(offboarding));
  return actions
    .filter(({ action }) => REMOVALS.includes(action.kind))
    .map(({ action, state, settledAt, proof, proofReference }) => {
      const simulated = isSimulated({ state, proof });
      const at = state === 'DONE' && !simulated ? settledAt : null;
      const seconds = at === null ? null : (Date.parse(at) - departure) / 1000;
      const { id, kind, entity } = action;
      return { action: id, kind, entity, state, simulated, at, seconds, proof, proofReference };
    });
}
