import { ofTypes, stepsInto, stepsOut } from '../../../graph/collect-steps.js';
import { Accountability } from '../../../graph/radii/accountability.js';
import { absenceOf } from '../../../graph/radii/person.js';
import type { ReasonStep } from '../../../graph/reason.js';
import {
  ACCESS,
  ASSUMING,
  LOGIN,
  MEMBERSHIP,
  OWNERSHIP,
  READING,
} from '../../../graph/relationship-types.js';
import type { EntityNumber } from '../../../graph/view.js';
import { STATUSES } from '../../../model/kinds.js';
import { typeOfRole } from '../../../model/relationships.js';
import type { Change } from '../change.js';
import type { PlanContext } from '../context.js';
import { opens } from './copies.js';

const isOwnership = ofTypes(OWNERSHIP);
const isMembership = ofTypes(MEMBERSHIP);
const isLogin = ofTypes(LOGIN);
const walkedFromUnmanaged = ofTypes(ACCESS, ASSUMING, READING);

/** Phase 6: new owners, retirements, and relationships that end with the accounts of the leaver. */
export function handOver(context: PlanContext): void {
  for (const thing of context.decidedTo('RETIRE')) retire(context, thing);
  handOverOwnership(context);
  for (const account of context.unshared) leaveGroups(context, account);
  for (const account of context.shared) leaveSharedAccount(context, account);
  for (const account of context.unshared) if (!context.isManaged(account)) endUnmanaged(context, account);
}

/** Entities that need a successor: orphans that stay, and re-homed workloads for which nobody else answers. */
export function needsSuccessor(context: PlanContext): EntityNumber[] {
  const { view, radii } = context;
  const gone = new Accountability(view, absenceOf(radii.person));
  const orphans = radii.orphans.members.map((member) => member.entity);
  const rehomed = context.decidedTo('REHOME').filter((workload) => !gone.isAnsweredFor(workload));
  return [...new Set([...orphans, ...rehomed])]
    .filter((thing) => !context.isRetired(thing))
    .sort((a, b) => view.compare(a, b));
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

/** Ends every ownership of the leaver. Entities for which nobody else answers get the successor, with access. */
function handOverOwnership(context: PlanContext): void {
  const { view, radii, plan } = context;
  const ends = new Map<EntityNumber, Change[]>();
  const owning = new Map<EntityNumber, ReasonStep[]>();
  for (const owner of [radii.start, ...context.unshared]) {
    for (const step of stepsOut(view, owner, isOwnership)) {
      const { to, code } = step;
      const change: Change = { change: 'END', relationship: context.relationship(owner, to, code) };
      ends.set(to, [...(ends.get(to) ?? []), change]);
      if (!owning.has(to)) owning.set(to, context.because([...radii.holdings.paths.pathTo(owner), step]));
    }
  }
  const orphaned = new Set(needsSuccessor(context));
  for (const thing of new Set([...ends.keys(), ...orphaned])) {
    const entity = context.id(thing);
    const successor = orphaned.has(thing) ? context.successorFor(thing) : null;
    const begins = successor === null ? [] : [opens(typeOfRole('OWNERSHIP'), successor, entity)];
    plan.add({
      phase: 6,
      kind: successor === null ? 'END_RELATIONSHIP' : 'TRANSFER_OWNERSHIP',
      entity,
      source: context.source(thing),
      changes: [...(ends.get(thing) ?? []), ...begins],
      details: successor === null ? {} : { to: successor },
      because: owning.get(thing) ?? context.whyDecided(thing),
    });
  }
}

/** Ends the memberships of an account or identity in groups. */
export function leaveGroups(context: PlanContext, account: EntityNumber): void {
  for (const { to, code } of stepsOut(context.view, account, isMembership)) endAt(context, account, to, code);
}

/** A shared account stays. The leaver is removed from it, and its sign-in is reset. */
function leaveSharedAccount(context: PlanContext, account: EntityNumber): void {
  const { view, radii, plan } = context;
  const login = stepsInto(view, account, isLogin).find((step) => step.to === radii.start);
  if (login === undefined) return;
  const action = {
    phase: 6,
    entity: context.id(account),
    source: context.source(account),
    because: context.because([{ ...login, from: radii.start, to: account, against: false }]),
  } as const;
  plan.add({
    ...action,
    kind: 'END_RELATIONSHIP',
    changes: [{ change: 'END', relationship: context.relationship(account, radii.start, login.code, true) }],
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
