import type { PersonRadii } from '../../../graph/radii/radii.js';
import type { EntityNumber } from '../../../graph/view.js';
import type { Decision } from '../../decide/decision.js';
import { heldBy, notReissuable, Standing } from '../../decide/standing.js';
import { PlanContext } from '../context.js';
import type { PlanDraft } from '../draft-plan.js';
import type { CascadePlanning } from './cascade-plan.js';

/** What the phases of an offboarding read, for one thing of which the decision is taken already. */
export function cascadeContext(
  planning: CascadePlanning,
  plan: PlanDraft,
  radii: PersonRadii,
  action: 'REHOME' | 'RETIRE' | null,
): PlanContext {
  const { view, facts, target, about } = planning;
  const standing = new Standing(view, radii.units, radii.person, heldBy(radii.holdings, new Set()));
  const decided = new Map<EntityNumber, Decision>();
  if (action !== null) {
    decided.set(target, {
      entity: target,
      action,
      rule: 0,
      guard: null,
      standsOnLeaver: action === 'REHOME',
    });
  }
  const lost = notReissuable(view, radii.cut);
  const managedIdentity = about.kind === 'REHOME' ? about.managedIdentity : null;
  const override = { successor: planning.successor, managedIdentity, reason: null };
  return new PlanContext(view, radii, { decided, following: [], accepted: [], standing, lost }, facts, plan, {
    mode: 'CONTINUITY_FIRST',
    evaluatedAt: planning.moment,
    successor: planning.successor,
    overrides: new Map([[target, override]]),
  });
}
