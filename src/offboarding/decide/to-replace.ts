import { ofTypes, stepsInto, stepsOut } from '../../graph/collect-steps.js';
import { GRANT, SECRET, TOKEN } from '../../graph/kind-codes.js';
import type { RotationUnits } from '../../graph/radii/rotation-units.js';
import { CONSENT_TARGET, ISSUANCE } from '../../graph/relationship-types.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import type { Standing } from './standing.js';

const isIssuance = ofTypes(ISSUANCE);
const isConsentTarget = ofTypes(CONSENT_TARGET);

/** The credentials of a leaver that a re-homing replaces. */
export interface ToReplace {
  /** Effective grants the workload stands on, and those that a token to be replaced came from. In order of id. */
  readonly grants: readonly EntityNumber[];
  /** Effective tokens the workload stands on, by itself or through a secret. In order of id. */
  readonly tokens: readonly EntityNumber[];
}

/** The grants and tokens that re-homing a workload has to replace (semantics, section 5, phase 2). */
export function toReplace(
  view: GraphView,
  units: RotationUnits,
  standing: Standing,
  workload: EntityNumber,
): ToReplace {
  const credentials = standing.on(workload).flatMap((target) => {
    if (view.kindOf(target) !== SECRET) return [target];
    return units.of(target).tokens.filter((token) => standing.held.has(token));
  });
  const effective = (kind: number) =>
    credentials.filter((entity) => view.kindOf(entity) === kind && view.isEffective(entity));
  const tokens = effective(TOKEN);
  const origins = tokens.flatMap((token) => lostOrigins(view, standing, token));
  return { grants: inOrder(view, [...effective(GRANT), ...origins]), tokens: inOrder(view, tokens) };
}

/** The grants that issued a token and do not stay, because they are holdings or not effective. */
function lostOrigins(view: GraphView, standing: Standing, token: EntityNumber): EntityNumber[] {
  return stepsInto(view, token, isIssuance)
    .map((step) => step.to)
    .filter(
      (issuer) => view.kindOf(issuer) === GRANT && (standing.held.has(issuer) || !view.isEffective(issuer)),
    );
}

function inOrder(view: GraphView, entities: readonly EntityNumber[]): EntityNumber[] {
  return [...new Set(entities)].sort((a, b) => view.compare(a, b));
}

/** Whether re-homing a workload needs a grant to an app that is refused. */
export function needsRefusedApp(
  view: GraphView,
  units: RotationUnits,
  standing: Standing,
  workload: EntityNumber,
  isRefused: (app: EntityNumber) => boolean,
): boolean {
  return toReplace(view, units, standing, workload).grants.some((grant) =>
    stepsOut(view, grant, isConsentTarget).some(({ to }) => isRefused(to)),
  );
}
