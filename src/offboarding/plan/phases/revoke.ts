import { ofTypes, stepsInto } from '../../../graph/collect-steps.js';
import { GRANT, TOKEN } from '../../../graph/kind-codes.js';
import type { ReasonStep } from '../../../graph/reason.js';
import { CONSENT, DELEGATION, ISSUANCE } from '../../../graph/relationship-types.js';
import type { EntityNumber } from '../../../graph/view.js';
import { revocationClosure } from '../../decide/revocation-closure.js';
import { textOrNull } from '../action-details.js';
import type { PlanContext } from '../context.js';
import { actionId } from '../draft-plan.js';

const isDelegation = ofTypes(DELEGATION);
const cameFrom = ofTypes(CONSENT, ISSUANCE, DELEGATION);

/** Types of tokens that live longest, and so are revoked first (semantics, section 5, phase 3). */
const LONG_LIVED = ['REFRESH', 'PERSONAL_ACCESS_TOKEN', 'API_KEY', 'SSH_KEY', 'DEPLOY_KEY', 'APP_PASSWORD'];

/** Whether tokens of a type are among those that live longest. */
export function isLongLived(tokenType: unknown): boolean {
  return LONG_LIVED.includes(String(tokenType));
}

/** The credentials that are revoked, each with the path that is the reason. */
export type EndingCredentials = ReadonlyMap<EntityNumber, readonly ReasonStep[]>;

/** Everything in the cut, and everything that ends with a retired entity, whatever its status. */
export function endings(context: PlanContext): EndingCredentials {
  const ending = cascadesOfRetired(context);
  const { radii } = context;
  for (const { entity } of radii.cut.members) ending.set(entity, context.because(radii.cut.pathTo(entity)));
  return ending;
}

/**
 * What of the endings is revoked: all but what is not ours, of which only the access ends. What ends with a retired
 * entity is ours.
 */
export function toRevoke(
  context: PlanContext,
  ending: EndingCredentials,
  theirs: ReadonlySet<EntityNumber>,
): EndingCredentials {
  const cascades = cascadesOfRetired(context);
  return new Map([...ending].filter(([entity]) => !theirs.has(entity) || cascades.has(entity)));
}

function cascadesOfRetired(context: PlanContext): Map<EntityNumber, readonly ReasonStep[]> {
  const { view } = context;
  const ending = new Map<EntityNumber, readonly ReasonStep[]>();
  for (const thing of context.decidedTo('RETIRE')) {
    const { members, paths } = revocationClosure(view, thing);
    const why = context.whyDecided(thing);
    for (const member of members) {
      if (!ending.has(member)) ending.set(member, [...why, ...context.because(paths.pathTo(member))]);
    }
  }
  return ending;
}

/** Phases 3 and 4: revokes tokens, parents before children, then grants. */
export function revoke(context: PlanContext, ending: EndingCredentials): void {
  const { view } = context;
  for (const [entity, because] of ending) {
    if (!view.isLive(entity)) continue;
    if (view.kindOf(entity) === TOKEN) revokeToken(context, entity, because);
    // The grants of a shared account stay: the cut has only grants that are holdings.
    if (view.kindOf(entity) === GRANT) revokeGrant(context, entity, because);
  }
}

function revokeToken(context: PlanContext, token: EntityNumber, because: readonly ReasonStep[]): void {
  const { plan, facts } = context;
  const entity = context.id(token);
  const { tokenType, family, selfContained, expiresAt } = facts.recordOf(token).properties;
  plan.add({
    phase: 3,
    kind: 'REVOKE_TOKEN',
    entity,
    source: context.source(token),
    // A self-contained token is checked without asking its issuer: it works until it expires, also when revoked.
    changes: selfContained === true ? [] : [{ change: 'SET_STATUS', entity, status: 'REVOKED' }],
    // A live parent could issue the token again.
    dependsOn: liveParents(context, token).map((parent) => actionId(3, 'REVOKE_TOKEN', context.id(parent))),
    details: {
      tokenType: textOrNull(tokenType),
      family: textOrNull(family),
      ...(selfContained === true
        ? {
            selfContained: true,
            worksUntil: typeof expiresAt === 'number' ? new Date(expiresAt).toISOString() : null,
          }
        : {}),
    },
    because,
  });
}

/** The live ancestors of a token that could issue it again: its parents, and the live parents of dead ones. */
function liveParents({ view }: PlanContext, token: EntityNumber): EntityNumber[] {
  const found = new Set<EntityNumber>();
  const passed = new Set([token]);
  for (const child of passed) {
    for (const { to: parent } of stepsInto(view, child, isDelegation)) {
      if (view.isLive(parent)) found.add(parent);
      else passed.add(parent);
    }
  }
  return [...found];
}

function revokeGrant(context: PlanContext, grant: EntityNumber, because: readonly ReasonStep[]): void {
  const entity = context.id(grant);
  context.plan.add({
    phase: 4,
    kind: 'REVOKE_GRANT',
    entity,
    source: context.source(grant),
    changes: [{ change: 'SET_STATUS', entity, status: 'REVOKED' }],
    because,
  });
}

/** Phase 3: disables accounts that phase 1 has only locked, after everything derived from them is revoked. */
export function disableLocked(context: PlanContext, ending: EndingCredentials): void {
  const { plan, radii } = context;
  for (const account of context.unshared) {
    const entity = context.id(account);
    if (!plan.has(actionId(1, 'LOCK_ACCOUNT', entity))) continue;
    plan.add({
      phase: 3,
      kind: 'DISABLE_ACCOUNT',
      entity,
      source: context.source(account),
      changes: [{ change: 'SET_STATUS', entity, status: 'DISABLED' }],
      dependsOn: tokensFrom(context, account)
        .filter((token) => ending.has(token))
        .map((token) => actionId(3, 'REVOKE_TOKEN', context.id(token))),
      because: context.because(radii.holdings.paths.pathTo(account)),
    });
  }
}

function tokensFrom(context: PlanContext, account: EntityNumber): EntityNumber[] {
  const { view } = context;
  const seen = new Set([account]);
  for (const entity of seen) {
    view.eachOut(entity, (to, code) => {
      if (cameFrom(code, to)) seen.add(to);
    });
  }
  return [...seen].filter((entity) => view.kindOf(entity) === TOKEN);
}
