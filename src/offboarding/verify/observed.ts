import { deriveStatus } from '../../model/claims.js';
import { isLiveStatus } from '../../model/kinds.js';
import { PROOFS, type Proof } from '../../sources/actuator.js';
import type { CaseAction } from '../case/case-action.js';
import type { InspectedCase } from './case-inspection.js';

/** Actions of which a later import shows that they took effect, with the proof OBSERVED. */
export function observed({ view, facts, actions }: InspectedCase): CaseAction[] {
  return actions.filter((action) => isSeen(action)).map((action) => ({ ...action, proof: 'OBSERVED' }));

  function isSeen({ state, proof, settledAt, action }: CaseAction): boolean {
    if (state !== 'DONE' || proof === 'OBSERVED' || settledAt === null) return false;
    const statuses = action.changes.flatMap((change) => (change.change === 'SET_STATUS' ? [change] : []));
    if (statuses.length === 0 || statuses.length < action.changes.length) return false;
    return statuses.every(({ entity, status }) => {
      const { kind, claim } = facts.recordOf(view.numberOf(entity));
      if (isLiveStatus(kind, status) || claim.reportedAt <= Date.parse(settledAt)) return false;
      return !isLiveStatus(kind, deriveStatus(kind, claim, null));
    });
  }
}

/** The assurance of a case: the weakest proof of all done actions; null where there are none. */
export function assuranceOf(actions: readonly CaseAction[]): Proof | null {
  const ranks = actions
    .filter(({ state, proof }) => state === 'DONE' && proof !== null)
    .map(({ proof }) => PROOFS.indexOf(proof as Proof));
  return ranks.length === 0 ? null : (PROOFS[Math.min(...ranks)] as Proof);
}
