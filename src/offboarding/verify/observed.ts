import { deriveStatus, type EntityClaim } from '../../model/claims.js';
import { isLiveStatus, type Kind, statusesOf } from '../../model/kinds.js';
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
      return claim.reportedAt > Date.parse(settledAt) && shows(kind, claim, status);
    });
  }
}

/**
 * Whether what a source says of an entity, whatever a case did, shows the status that an action gives it: it has ended,
 * or the person is at least as far in leaving. A status that only lets something go on is shown by nothing.
 */
export function shows(kind: Kind, claim: EntityClaim, status: string): boolean {
  const claimed = deriveStatus(kind, claim, null);
  if (kind === 'Human') return statusesOf(kind).indexOf(claimed) >= statusesOf(kind).indexOf(status);
  return !isLiveStatus(kind, status) && !isLiveStatus(kind, claimed);
}

/** The assurance of a case: the weakest proof of all done actions; null where there are none. */
export function assuranceOf(actions: readonly CaseAction[]): Proof | null {
  const ranks = actions
    .filter(({ state, proof }) => state === 'DONE' && proof !== null)
    .map(({ proof }) => PROOFS.indexOf(proof as Proof));
  return ranks.length === 0 ? null : (PROOFS[Math.min(...ranks)] as Proof);
}
