import { ofTypes, stepsInto, stepsOut } from '../../../graph/collect-steps.js';
import { GRANT } from '../../../graph/kind-codes.js';
import type { ReasonStep } from '../../../graph/reason.js';
import {
  CONSENT_TARGET,
  CUSTODY,
  DEPENDENCY,
  IMPERSONATION,
  USE,
} from '../../../graph/relationship-types.js';
import type { EntityNumber } from '../../../graph/view.js';
import type { Kind } from '../../../model/kinds.js';
import { typeOfRole } from '../../../model/relationships.js';
import type { Change } from '../change.js';
import type { PlanContext } from '../context.js';
import { copiedAccess, opens } from './copies.js';
import { isTakenAlong } from './taken-along.js';

const isConsentTarget = ofTypes(CONSENT_TARGET);
const isImpersonation = ofTypes(IMPERSONATION);
const isCustody = ofTypes(CUSTODY);
const isConsumed = ofTypes(USE, DEPENDENCY);

/** Properties that a replacement copies. They are never wider, and do not identify the old instance. */
const KEPT: Partial<Record<Kind, readonly string[]>> = {
  Grant: ['scopes', 'grantType', 'consentType'],
  Token: ['tokenType', 'scopes', 'selfContained'],
};

/** An entity that is made to replace another. */
export interface Replacement {
  readonly old: EntityNumber;
  readonly id: string;
  /** The action that makes it. */
  readonly action: string;
}

/** Where a replacement comes from, besides what it copies. */
export interface Origin {
  /** The relationships by which it is granted or issued. */
  readonly from: readonly Change[];
  /** The entity as which its holder acts, for each such relationship of the old one; null: as for the old one. */
  readonly impersonates?: (target: EntityNumber) => string | null;
  readonly dependsOn: readonly string[];
  readonly details: Readonly<Record<string, unknown>>;
  readonly because: readonly ReasonStep[];
}

/** Plans the making of a grant or token with the scopes and the access of an old one. */
export function planReplacement(
  context: PlanContext,
  old: EntityNumber,
  id: string,
  origin: Origin,
): Replacement {
  const { view, plan, facts } = context;
  const record = facts.recordOf(old);
  const kept = (KEPT[record.kind] ?? []).filter((name) => record.properties[name] !== undefined);
  const action = plan.add({
    phase: 2,
    kind: view.kindOf(old) === GRANT ? 'PROVISION_GRANT' : 'ISSUE_TOKEN',
    entity: id,
    source: context.source(old),
    changes: [
      {
        change: 'CREATE',
        entity: {
          id,
          kind: record.kind,
          name: record.name,
          source: context.source(old),
          properties: Object.fromEntries(kept.map((name) => [name, record.properties[name]])),
        },
      },
      ...origin.from,
      ...stepsOut(view, old, isConsentTarget).map(({ to }) =>
        opens(typeOfRole('CONSENT_TARGET'), id, context.id(to)),
      ),
      ...copiedAccess(context, old, id),
      ...stepsOut(view, old, isImpersonation).map(({ to }) =>
        opens(typeOfRole('IMPERSONATION'), id, origin.impersonates?.(to) ?? context.id(to)),
      ),
      opens(typeOfRole('SUCCESSION'), context.id(old), id),
    ],
    dependsOn: origin.dependsOn,
    details: { replaces: context.id(old), ...origin.details },
    because: origin.because,
  });
  return { old, id, action };
}

/**
 * Plans that a new token is written wherever the old one is stored.
 *
 * @param needing workloads that go on with it: where only the leaver's own places keep the old one, the new one is
 *   written to the copies that these read
 * @returns the ids of the actions
 */
export function planWriting(
  context: PlanContext,
  { old, id, action }: Replacement,
  needing: readonly EntityNumber[],
  mustWait: (secret: EntityNumber) => boolean,
): string[] {
  const places = placesOf(context, old, needing);
  if (places.length === 0) return [];
  const issuing = context.plan.add({
    ...{ phase: 2, kind: 'ISSUE_TOKEN', entity: id, source: context.source(old) },
    details: { writtenTo: places.map((secret) => context.id(secret)) },
  });
  if (issuing !== action) throw new Error(`${id} is written by ${issuing}, and made by ${action}`);
  return places.map((secret) =>
    context.plan.add({
      phase: 2,
      kind: 'WRITE_SECRET',
      entity: context.id(secret),
      source: context.source(secret),
      changes: [opens(typeOfRole('CUSTODY'), id, context.id(secret))],
      dependsOn: [action],
      late: mustWait(secret),
      because: context.because(context.radii.cut.pathTo(old)),
    }),
  );
}

/**
 * The live secrets that store a token, but for what the leaver takes along. For a dead secret these are its live
 * copies, from which it may be read. In order of id.
 */
function placesOf(
  context: PlanContext,
  token: EntityNumber,
  needing: readonly EntityNumber[],
): EntityNumber[] {
  const { view, radii } = context;
  const takesNew = (secret: EntityNumber) => view.isLive(secret) && !isTakenAlong(context, secret);
  const stored = stepsOut(view, token, isCustody).map((step) => step.to);
  const places = stored.flatMap((secret) => {
    if (view.isLive(secret)) return takesNew(secret) ? [secret] : [];
    return radii.units.of(secret).members.filter(takesNew);
  });
  const isRead = (copy: EntityNumber) =>
    takesNew(copy) && stepsInto(view, copy, isConsumed).some(({ to }) => needing.includes(to));
  const found =
    places.length > 0 ? places : stored.flatMap((secret) => radii.units.of(secret).members).filter(isRead);
  return [...new Set(found)].sort((a, b) => view.compare(a, b));
}
