import { isAdministrator } from './access.js';
import type { IamRole, Principal, User } from './details.js';
import { type Allowance, allowing, type Grant, type Reading } from './grants.js';
import type { GraphDraft } from './graph.js';
import { passingOf } from './passing.js';
import type { Authorisations, Authorised } from './principals.js';
import type { Resources } from './resources.js';

/** Actions on a user by which a principal can sign in as that user. */
const BECOMES_USER = ['iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:UpdateLoginProfile'];

/** The action on a role by which a principal can make the role trust it. */
const BECOMES_ROLE = ['iam:UpdateAssumeRolePolicy'];

/** The action on a group by which a user can make itself a member. */
const JOINS = 'iam:AddUserToGroup';

/** Whether a principal is a role that belongs to AWS: nobody in the account can change or pass it. */
export const isAwsOwned = ({ kind, what }: Principal) =>
  kind === 'role' && (what.startsWith('role/aws-service-role/') || what.startsWith('role/aws-reserved/'));

/** The grants, each with the action that it allows, as evidence. */
export const byAction = (grants: readonly Grant[], action: string) =>
  grants.map(({ label }) => `${label} (${action})`);

/** The grants that allow an action, by its name, on exactly `arn`. */
export function allowingNamed({ catalogue }: Reading, full: Allowance, action: string, arn: string) {
  const at = catalogue.indexOf(action);
  return at === undefined ? [] : allowing(full, at, arn);
}

/**
 * Writes whom a principal can become by its permissions, as CAN_ASSUME: users whose credentials it can create, roles
 * whose trust it can change or that it can pass to something it starts, groups that it can join.
 *
 * An administrator of the account can do all of this to every principal. It is written once, from the Resource of the
 * account, and not from each administrator to each principal.
 */
export class EscalationWriter {
  constructor(
    private readonly authorisations: Authorisations,
    private readonly resources: (account: string) => Resources,
    private readonly reading: Reading,
    private readonly graph: GraphDraft,
  ) {}

  write(from: Authorised): void {
    if ([from, ...from.groups].some(({ full }) => isAdministrator(full.grants, this.reading.catalogue)))
      return;
    const { account } = from.principal;
    const { users, roles } = this.authorisations;
    for (const user of users) {
      if (user.principal.account === account)
        this.relate(from, user, this.direct(from.full, BECOMES_USER, user));
    }
    for (const role of roles) {
      if (role.principal.account !== account || isAwsOwned(role.principal)) continue;
      this.relate(from, role, this.direct(from.full, BECOMES_ROLE, role));
      this.relate(from, role, passingOf(from.full, role.principal, this.reading));
    }
    if (from.principal.kind !== 'role') this.writeJoining(from);
  }

  /** Whoever has ADMIN on the account can act as every principal in it, except for the roles that belong to AWS. */
  writeAdministration(): void {
    const { users, roles } = this.authorisations;
    for (const { id, principal } of [...users, ...roles]) {
      if (isAwsOwned(principal)) continue;
      const why =
        'an administrator of the account can make credentials for its users and change whom its roles trust';
      this.graph.relate('CAN_ASSUME', this.resources(principal.account).whole(), id, [why], {
        needs: 'ADMIN',
      });
    }
  }

  /**
   * The groups that a user can join. A group whose members may do so can be joined by each of them. A role cannot be a
   * member, but may make one of a user that it can become: see `widening.ts`.
   */
  private writeJoining(from: Authorised): void {
    for (const group of this.authorisations.groups) {
      if (group.principal.account !== from.principal.account || group.id === from.id) continue;
      if (from.groups.includes(group) || from.narrowed.includes(group)) continue;
      const grants = allowingNamed(this.reading, from.full, JOINS, group.principal.arn);
      this.relate(from, group, byAction(grants, JOINS));
    }
  }

  private relate(from: Authorised, to: Authorised, evidence: readonly string[]): void {
    if (evidence.length === 0 || from.id === to.id) return;
    if (from.groups.some((group) => this.graph.isRelated('CAN_ASSUME', group.id, to.id))) return;
    this.graph.relate('CAN_ASSUME', from.id, to.id, evidence);
  }

  private direct(
    full: Allowance,
    actions: readonly string[],
    to: Authorised<User> | Authorised<IamRole>,
  ): string[] {
    return actions.flatMap((action) =>
      byAction(allowingNamed(this.reading, full, action, to.principal.arn), action),
    );
  }
}
