import { ofTypes, stepsInto, stepsOut } from '../../../graph/collect-steps.js';
import { ACCESS, ASSUMING, LOGIN, MEMBERSHIP, READING } from '../../../graph/relationship-types.js';
import type { EntityNumber } from '../../../graph/view.js';
import { STATUSES } from '../../../model/kinds.js';
import type { PlanContext } from '../context.js';

const isMembership = ofTypes(MEMBERSHIP);
const isLogin = ofTypes(LOGIN);
const walkedFromUnmanaged = ofTypes(ACCESS, ASSUMING, READING);

/** Phase 6: retirements, and relationships that end with the accounts of the leaver. What is unmanaged ended before. */
export function handOver(context: PlanContext): void {
  for (const thing of context.decidedTo('RETIRE')) retire(context, thing);
  for (const account of context.unshared) if (context.isManaged(account)) leaveGroups(context, account);
  for (const account of context.shared) leaveSharedAccount(context, account);
}

/** Plans the retirement of an entity. A suspended one is retired too, because it could be started again. */
export function retire(context: PlanContext, thing: EntityNumber): void {
  const entity = context.id(thing);
  const { kind, status } = context.facts.recordOf(thing);
  if (status === STATUSES[kind].ended) return;
  context.plan.add({
    phase: 6,
    kind: 'RETIRE',
    entity,
    source: context.source(thing),
    changes: [{ change: 'SET_STATUS', entity, status: STATUSES[kind].ended }],
    because: context.whyDecided(thing),
  });
}

/** Ends the memberships of an account or identity in groups. */
export function leaveGroups(context: PlanContext, account: EntityNumber): void {
  for (const { to, code } of stepsOut(context.view, account, isMembership)) endAt(context, account, to, code);
}

/** A shared account stays. The leaver is removed from it, and its sign-in is reset. */
function leaveSharedAccount(context: PlanContext, account: EntityNumber): void {
  const { view, radii, plan } = context;
  const logins = stepsInto(view, account, isLogin).filter(({ to }) => radii.person.humans.includes(to));
  const [login] = logins;
  if (login === undefined) return;
  const action = {
    phase: 6,
    entity: context.id(account),
    source: context.source(account),
    because: context.because([{ ...login, from: login.to, to: account, against: false }]),
  } as const;
  plan.add({
    ...action,
    kind: 'END_RELATIONSHIP',
    changes: logins.map(({ to, code }) => ({
      change: 'END',
      relationship: context.relationship(account, to, code, true),
    })),
  });
  // This is done also where the company cannot disable the account: the other people who use it have to reset it.
  plan.add({ ...action, kind: 'RESET_SIGN_IN' });
}

/** Ends everything that the company gave to an account that it cannot disable. */
export function endUnmanaged(context: PlanContext, account: EntityNumber): void {
  for (const { to, code } of stepsOut(context.view, account, walkedFromUnmanaged)) {
    endAt(context, account, to, code);
  }
}

/** Ends a relationship of an account, as an action on the entity that stays. */
function endAt(context: PlanContext, account: EntityNumber, to: EntityNumber, code: number): void {
  context.plan.add({
    phase: 6,
    kind: 'END_RELATIONSHIP',
    entity: context.id(to),
    source: context.source(to),
    changes: [{ change: 'END', relationship: context.relationship(account, to, code) }],
    because: context.because([
      ...context.radii.holdings.paths.pathTo(account),
      { from: account, to, code, against: false },
    ]),
  });
}
