import {
  CONSENT_TARGET,
  GRANT,
  ISSUANCE,
  ofTypes,
  SECRET,
  stepsInto,
  stepsOut,
  TOKEN,
} from '../../graph/roles.js';
import type { RotationUnits } from '../../graph/units.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import type { Standing } from './standing.js';

const isIssuance = ofTypes(ISSUANCE);
const isConsentTarget = ofTypes(CONSENT_TARGET);

/** What of a leaver a re-homing replaces with something of its own. */
export interface ToReplace {
  /** Live grants the workload stands on, and those that a token to be replaced came from. In order of id. */
  readonly grants: readonly EntityNumber[];
  /** Live tokens the workload stands on, by itself or through a secret. In order of id. */
  readonly tokens: readonly EntityNumber[];
}

/** The grants and tokens that re-homing a workload has to replace (semantics, section 5, phase 2). */
export function toReplace(
  view: GraphView,
  units: RotationUnits,
  standing: Standing,
  workload: EntityNumber,
): ToReplace {
  const { held } = standing;
  const grants = new Set<EntityNumber>();
  const tokens = new Set<EntityNumber>();
  for (const target of standing.on(workload)) {
    const kind = view.kindOf(target);
    if (kind === GRANT && view.isLive(target)) grants.add(target);
    if (kind === TOKEN && view.isLive(target)) tokens.add(target);
    if (kind !== SECRET) continue;
    for (const token of units.of(target).tokens) if (held.has(token) && view.isLive(token)) tokens.add(token);
  }
  for (const token of tokens) {
    for (const { to: issuer } of stepsInto(view, token, isIssuance)) {
      if (view.kindOf(issuer) === GRANT && (held.has(issuer) || !view.isLive(issuer))) grants.add(issuer);
    }
  }
  const byId = (a: EntityNumber, b: EntityNumber) => view.compare(a, b);
  return { grants: [...grants].sort(byId), tokens: [...tokens].sort(byId) };
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
