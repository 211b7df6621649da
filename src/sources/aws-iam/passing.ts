import type { IamRole } from './details.js';
import { covers } from './globs.js';
import { type Allowance, allowing, allowingAnywhere, type Grant, type Reading } from './grants.js';
import { passingTo, servicesOf } from './passed-roles.js';
import { trustedServices } from './trust.js';

/** How many ways to use one role the evidence names. */
const WAYS_SHOWN = 3;

/**
 * Evidence that a principal can have a service act as a role: `iam:PassRole` on the role, which trusts the service, and
 * an action that hands a role to that service. Empty where it cannot.
 */
export function passingOf(full: Allowance, role: IamRole, reading: Reading): string[] {
  const { catalogue } = reading;
  const pass = catalogue.indexOf('iam:PassRole');
  const passing = pass === undefined ? [] : allowing(full, pass, role.arn);
  if (passing.length === 0) return [];
  const found: string[] = [];
  for (const principal of trustedServices(role)) {
    const able = passing.filter(({ passTo }) => !passTo || passTo.some((one) => covers(one, principal)));
    // An instance takes a role only in an instance profile.
    const isProfile = principal.startsWith('ec2.');
    if (able.length === 0 || (isProfile && !role.hasInstanceProfile)) continue;
    const services = servicesOf(principal, catalogue);
    if (services.length === 0) {
      reading.notes.add(
        `Role ${role.name} trusts ${principal}, of which no action is known: that somebody may pass the role to it is not shown.`,
      );
    }
    const ways = services.flatMap((service) => waysOf(full, service, reading));
    found.push(
      ...ways
        .slice(0, WAYS_SHOWN)
        .map((way) => `${by(able, 'iam:PassRole')} and ${way}: ${principal} acts as role ${role.name}`),
    );
  }
  return found;
}

function waysOf(full: Allowance, service: string, { catalogue }: Reading): string[] {
  const evidence = (action: number) =>
    by(allowingAnywhere(full, action), catalogue.actions[action]?.name ?? '');
  return passingTo(service, catalogue).flatMap(({ action, before }) => {
    if (allowingAnywhere(full, action).length === 0) return [];
    if (!before) return [evidence(action)];
    const next = before.find((one) => allowingAnywhere(full, one).length > 0);
    return next === undefined ? [] : [`${evidence(action)} and ${evidence(next)}`];
  });
}

const by = ([grant]: readonly Grant[], action: string) => `${grant?.label} (${action})`;
