import { ofTypes, stepsOut } from '../../../graph/collect-steps.js';
import { ACCOUNT, APP, GRANT, JOB, SECRET, SERVICE_IDENTITY, TOKEN } from '../../../graph/kind-codes.js';
import { CUSTODY, DEPENDENCY, IDENTITY, USE } from '../../../graph/relationship-types.js';
import type { EntityNumber } from '../../../graph/view.js';
import { badInput } from '../../../model/errors.js';
import { KINDS } from '../../../model/kinds.js';
import { type RevocationClosure, revocationClosure } from '../../decide/revocation-closure.js';
import { textOrNull } from '../action-details.js';
import type { Change } from '../change.js';
import type { PlanContext } from '../context.js';
import { actionId, type PlanDraft } from '../draft-plan.js';
import { endUnmanaged, leaveGroups, retire } from '../phases/hand-over.js';
import { revoke } from '../phases/revoke.js';
import { cascadeContext } from './cascade-context.js';
import type { CascadePlanning } from './cascade-plan.js';
import { cascadeRadii } from './cascade-radii.js';
import { insteadFor } from './instead.js';
import { planRotate } from './plan-rotate.js';

const isCustody = ofTypes(CUSTODY);
const credentials = ofTypes(USE, IDENTITY, DEPENDENCY);

/** @throws BAD_INPUT for a kind that is not revoked, naming the right mutation */
export function planRevoke(planning: CascadePlanning, plan: PlanDraft): void {
  const { view, target } = planning;
  const kind = view.kindOf(target);
  if (kind === SECRET) {
    planRotate(planning, plan);
    return;
  }
  if (![TOKEN, GRANT, ACCOUNT, SERVICE_IDENTITY, APP].includes(kind)) {
    throw badInput(`${view.idOf(target)} is a ${KINDS[kind]} and is not revoked; ${insteadFor(kind)}.`);
  }
  const retires = kind === SERVICE_IDENTITY || kind === APP;
  const context = cascadeContext(planning, plan, cascadeRadii(view, target), retires ? 'RETIRE' : null);
  endCascade(context, revocationClosure(view, target));
  if (kind === ACCOUNT) endAccount(context, target);
  if (kind === SERVICE_IDENTITY) leaveGroups(context, target);
  if (retires) retire(context, target);
}

/** @throws BAD_INPUT for what is no Job, App or ServiceIdentity */
export function planRetire(planning: CascadePlanning, plan: PlanDraft): void {
  const { view, target } = planning;
  const kind = view.kindOf(target);
  if (kind === APP || kind === SERVICE_IDENTITY) {
    planRevoke(planning, plan);
    return;
  }
  if (kind !== JOB) {
    throw badInput(
      `${view.idOf(target)} is a ${KINDS[kind]}; only a Job, App or ServiceIdentity is retired: ${insteadFor(kind)}.`,
    );
  }
  const context = cascadeContext(planning, plan, cascadeRadii(view, target), 'RETIRE');
  retire(context, target);
  if (!plan.has(actionId(6, 'RETIRE', context.id(target)))) return;
  const left = stepsOut(view, target, credentials).map(({ to }) => context.id(to));
  // What it used stays with its owners, who may want to know.
  plan.add({
    phase: 6,
    kind: 'RETIRE',
    entity: context.id(target),
    source: context.source(target),
    details: { credentialsLeft: [...new Set(left)] },
  });
}

function endCascade(context: PlanContext, { members, paths }: RevocationClosure): void {
  const ending = new Map([...members].map((member) => [member, context.because(paths.pathTo(member))]));
  revoke(context, ending);
  for (const member of members) if (context.view.kindOf(member) === TOKEN) requireRotation(context, member);
}

/**
 * Units that stored a revoked token become ROTATION_REQUIRED with its revocation: nothing outside is asked for
 * that, so that it is no action of its own. For one that is dead already, revoking it once more carries the mark.
 */
function requireRotation(context: PlanContext, token: EntityNumber): void {
  const { view, radii, plan } = context;
  const secrets = stepsOut(view, token, isCustody).flatMap(({ to }) => radii.units.of(to).members);
  const changes = [...new Set(secrets)]
    .filter((secret) => view.isLive(secret) && context.facts.recordOf(secret).status !== 'ROTATION_REQUIRED')
    .map((secret): Change => {
      return { change: 'SET_STATUS', entity: context.id(secret), status: 'ROTATION_REQUIRED' };
    });
  if (changes.length === 0) return;
  const entity = context.id(token);
  const { tokenType, family } = context.facts.recordOf(token).properties;
  const isPlanned = plan.has(actionId(3, 'REVOKE_TOKEN', entity));
  plan.add({
    phase: 3,
    kind: 'REVOKE_TOKEN',
    entity,
    source: context.source(token),
    changes,
    details: isPlanned ? {} : { tokenType: textOrNull(tokenType), family: textOrNull(family) },
  });
}

function endAccount(context: PlanContext, account: EntityNumber): void {
  const { view, plan } = context;
  const entity = context.id(account);
  const action = { phase: 1, entity, source: context.source(account) } as const;
  leaveGroups(context, account);
  if (!context.isManaged(account)) endUnmanaged(context, account);
  else if (view.isLive(account)) {
    const changes: Change[] = [{ change: 'SET_STATUS', entity, status: 'DISABLED' }];
    const closed = plan.add({ ...action, kind: 'DISABLE_ACCOUNT', changes });
    plan.add({ ...action, kind: 'END_SESSIONS', dependsOn: [closed] });
  }
}
