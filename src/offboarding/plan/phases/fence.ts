import { ofTypes } from '../../../graph/collect-steps.js';
import { SECRET } from '../../../graph/kind-codes.js';
import { CONSENT, DELEGATION, ISSUANCE } from '../../../graph/relationship-types.js';
import type { EntityNumber } from '../../../graph/view.js';
import type { PlanContext } from '../context.js';
import { actionId } from '../draft-plan.js';

const cameFrom = ofTypes(CONSENT, ISSUANCE, DELEGATION);

/** Phase 1: ends the leaver's sign-in. Accounts that re-homed workloads stand on are locked, and disabled later. */
export function fence(context: PlanContext): void {
  const { view, plan, radii } = context;
  const { start } = radii;
  const status = context.facts.recordOf(start).status;
  if (status === 'ACTIVE') {
    plan.add({
      phase: 1,
      kind: 'SET_HUMAN_STATUS',
      entity: context.human,
      source: context.source(start),
      changes: [{ change: 'SET_STATUS', entity: context.human, status: 'LEAVING' }],
    });
  }
  const needed = accountsStillNeeded(context);
  for (const account of context.unshared) {
    if (context.isManaged(account) && view.isLive(account))
      fenceAccount(context, account, needed.has(account));
  }
}

function fenceAccount(context: PlanContext, account: EntityNumber, isNeeded: boolean): void {
  const { plan, radii } = context;
  const entity = context.id(account);
  const action = {
    phase: 1,
    entity,
    source: context.source(account),
    because: context.because(radii.holdings.paths.pathTo(account)),
  } as const;
  if (isNeeded) plan.add({ ...action, kind: 'LOCK_ACCOUNT' });
  else {
    plan.add({
      ...action,
      kind: 'DISABLE_ACCOUNT',
      changes: [{ change: 'SET_STATUS', entity, status: 'DISABLED' }],
    });
  }
  const closed = actionId(1, isNeeded ? 'LOCK_ACCOUNT' : 'DISABLE_ACCOUNT', entity);
  // Sessions are ended after the account is closed: before that, a new one could be opened.
  plan.add({ ...action, kind: 'END_SESSIONS', dependsOn: [closed] });
}

/** Accounts that a re-homed workload stands on, or on a grant or token that came from one. */
export function accountsStillNeeded(context: PlanContext): Set<EntityNumber> {
  if (context.given.mode === 'SECURITY_FIRST') return new Set();
  const { view, radii, decisions } = context;
  const needed = new Set<EntityNumber>();
  for (const workload of context.decidedTo('REHOME')) {
    const stoodOn = decisions.standing.on(workload).flatMap((target) => {
      if (view.kindOf(target) !== SECRET) return [target];
      return radii.units.of(target).tokens.filter((token) => decisions.standing.held.has(token));
    });
    for (const account of origins(context, stoodOn)) needed.add(account);
  }
  return needed;
}

/** The unshared accounts among these credentials and the entities from which they are derived. */
function origins(context: PlanContext, credentials: readonly EntityNumber[]): EntityNumber[] {
  const { view, unshared } = context;
  const seen = new Set(credentials);
  for (const credential of seen) {
    view.eachIn(credential, (from, code) => {
      if (cameFrom(code, from)) seen.add(from);
    });
  }
  return unshared.filter((account) => seen.has(account));
}
