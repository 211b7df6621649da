import { ofTypes, stepsInto, stepsOut } from '../../../graph/collect-steps.js';
import { passesStopping } from '../../../graph/radii/holdings.js';
import { isUnmanaged } from '../../../graph/radii/spent.js';
import {
  ACCESS,
  ASSUMING,
  CONSENT,
  DELEGATION,
  IMPERSONATION,
  ISSUANCE,
  MEMBERSHIP,
  READING,
} from '../../../graph/relationship-types.js';
import type { EntityNumber, GraphView } from '../../../graph/view.js';
import type { PlanContext } from '../context.js';

const isOrigin = ofTypes(CONSENT, ISSUANCE, DELEGATION);
const reaches = ofTypes(MEMBERSHIP, READING, ASSUMING, ACCESS, IMPERSONATION);

/**
 * What is not ours to revoke (semantics, section 5, phase 3): the unmanaged accounts among some accounts, and the grants
 * and tokens that came from these alone, whatever their status.
 */
export function notOurs(view: GraphView, accounts: readonly EntityNumber[]): ReadonlySet<EntityNumber> {
  const theirs = new Set(accounts.filter((account) => isUnmanaged(view, account)));
  // One that has another origin may still be found to come from these alone when its other origin is.
  let before = -1;
  while (theirs.size !== before) {
    before = theirs.size;
    for (const entity of theirs) {
      for (const { to } of stepsOut(view, entity, passesStopping)) {
        if (stepsInto(view, to, isOrigin).every((origin) => theirs.has(origin.to))) theirs.add(to);
      }
    }
  }
  return theirs;
}

/**
 * Phase 3 of what is not ours: every access that it has to anything else ends, at the end that stays. What is revoked
 * with something retired is ours, and ends as such.
 *
 * @param ending what the plan revokes
 */
export function endReach(
  context: PlanContext,
  theirs: ReadonlySet<EntityNumber>,
  ending: ReadonlyMap<EntityNumber, unknown>,
): void {
  const { view, radii } = context;
  for (const entity of theirs) {
    if (ending.has(entity)) continue;
    for (const step of stepsOut(view, entity, reaches)) {
      const { to, code } = step;
      if (theirs.has(to) && !ending.has(to)) continue;
      context.plan.add({
        phase: 3,
        kind: 'END_RELATIONSHIP',
        entity: context.id(to),
        source: context.source(to),
        changes: [{ change: 'END', relationship: context.relationship(entity, to, code) }],
        because: context.because([...radii.holdings.paths.pathTo(entity), step]),
      });
    }
  }
}
