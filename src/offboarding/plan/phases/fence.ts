import { ofTypes } from '../../../graph/collect-steps.js';
import { SECRET } from '../../../graph/kind-codes.js';
import { CONSENT, DELEGATION, ISSUANCE } from '../../../graph/relationship-types.js';
import { eachSustainer } from '../../../graph/sustaining.js';
import type { EntityNumber } from '../../../graph/view.js';
import type { PlanContext } from '../context.js';
import { actionId } from '../draft-plan.js';

const cameFrom = ofTypes(CONSENT, ISSUANCE, DELEGATION);

/**
 * Phase 1: ends the sign-in of those who leave. Accounts that are still needed are locked, and disabled later. Ask for
 * it when all of phase 2 is planned.
 */
export function fence(context: PlanContext): void {
  const { view, plan, radii } = context;
  for (const human of radii.person.humans) {
    if (context.facts.recordOf(human).status !== 'ACTIVE') continue;
    const entity = context.id(human);
    plan.add({
      phase: 1,
      kind: 'SET_HUMAN_STATUS',
      entity,
      source: context.source(human),
      changes: [{ change: 'SET_STATUS', entity, status: 'LEAVING' }],
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

/**
 * Accounts that are still needed while phase 2 runs: those that a re-homed workload stands on, or on a grant or token
 * that came from one, and those that sustain what is transferred, re-homed or reissued, or what such a workload
 * stands on.
 */
function accountsStillNeeded(context: PlanContext): Set<EntityNumber> {
  if (context.given.mode === 'SECURITY_FIRST') return new Set();
  const { view, radii, decisions, plan } = context;
  const rehomed = context.decidedTo('REHOME');
  const stoodOn = rehomed.flatMap((workload) =>
    decisions.standing.on(workload).flatMap((target) => {
      if (view.kindOf(target) !== SECRET) return [target];
      return [target, ...radii.units.of(target).tokens.filter((token) => decisions.standing.held.has(token))];
    }),
  );
  const handedOn = plan.all().flatMap(({ kind, entity, details }) => {
    if (kind === 'TRANSFER_OWNERSHIP') return [view.numberOf(entity)];
    return kind === 'ISSUE_TOKEN' ? [view.numberOf(details.replaces ?? '')] : [];
  });
  return new Set([
    ...origins(context, stoodOn),
    ...sustaining(context, [...stoodOn, ...rehomed, ...handedOn]),
  ]);
}

/** The unshared accounts that sustain one of these, itself or through others. */
function sustaining(context: PlanContext, things: readonly EntityNumber[]): EntityNumber[] {
  const seen = new Set(things.filter((thing) => thing !== 0));
  for (const thing of seen) {
    eachSustainer(context.view, thing, (sustainer) => {
      seen.add(sustainer);
    });
  }
  const sustainers = new Set(seen);
  for (const thing of things) sustainers.delete(thing);
  return context.unshared.filter((account) => sustainers.has(account));
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
