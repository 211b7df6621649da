import { AccessWriter, isAdministrator } from './access.js';
import { allowingNamed, byAction, isAwsOwned } from './escalation.js';
import { type Allowance, allowanceOf, type Reading } from './grants.js';
import type { GraphDraft } from './graph.js';
import { type Authorisations, type Authorised, canSetVersion } from './principals.js';
import type { Resources } from './resources.js';

/** Actions on a principal by which it can be given any permission. */
const GIVES = {
  user: ['iam:AttachUserPolicy', 'iam:PutUserPolicy'],
  group: ['iam:AttachGroupPolicy', 'iam:PutGroupPolicy'],
  role: ['iam:AttachRolePolicy', 'iam:PutRolePolicy'],
} as const;

/** Actions that take away or change the boundary that limits a principal. */
const UNBINDS = {
  user: ['iam:DeleteUserPermissionsBoundary', 'iam:PutUserPermissionsBoundary'],
  group: [],
  role: ['iam:DeleteRolePermissionsBoundary', 'iam:PutRolePermissionsBoundary'],
} as const;

/**
 * Writes what a principal reaches by widening the policies of itself, or of somebody that it can act as: everything
 * where nothing limits it, else what the permissions boundary allows. It looks at all whom the principal can act as by
 * the relationships that were written before, so it comes last: one of them may be able to widen another.
 */
export class WideningWriter {
  private readonly byId: ReadonlyMap<string, Authorised>;

  constructor(
    authorisations: Authorisations,
    private readonly resources: (account: string) => Resources,
    private readonly reading: Reading,
    private readonly graph: GraphDraft,
  ) {
    const { groups, users, roles } = authorisations;
    this.byId = new Map([...groups, ...users, ...roles].map((one) => [one.id, one]));
  }

  write(from: Authorised): void {
    const whole = this.resources(from.principal.account).whole();
    const hasAll = ({ id }: Authorised) => this.graph.isRelated('CAN_ACCESS', id, whole, 'ADMIN');
    if (from.groups.some(hasAll)) return;
    for (const target of [from, ...from.groups, ...from.narrowed]) this.widen(from, from, target);
    const within = this.actsAs(from);
    // Whoever can act as somebody who has everything is led there by the walk.
    if (within.some(hasAll)) return;
    for (const actor of within) {
      for (const target of within) {
        if (actor.principal.account === target.principal.account) this.widen(from, actor, target);
      }
    }
  }

  /** The principal, its groups, and all whom it can act as, over any number of steps. */
  private actsAs(from: Authorised): Authorised[] {
    const found = new Map([[from.id, from]]);
    for (const { id } of found.values()) {
      for (const type of ['MEMBER_OF', 'CAN_ASSUME'] as const) {
        for (const target of this.graph.targetsOf(type, id)) {
          const next = this.byId.get(target);
          if (next) found.set(target, next);
        }
      }
    }
    return [...found.values()];
  }

  private widen(from: Authorised, actor: Authorised, target: Authorised): void {
    const { principal, full } = target;
    if (isAwsOwned(principal)) return;
    const giving = this.giving(actor.full, target);
    if (giving.length > 0) {
      const limit = this.unbinds(actor.full, target) ? undefined : full.boundary;
      if (limit) this.access(from, limit);
      else this.everything(from, giving);
    }
    // A principal's own versions are counted among what it is allowed already.
    if (actor !== target) this.setVersions(from, actor, target);
  }

  private giving(full: Allowance, { principal, attached }: Authorised): string[] {
    const direct = GIVES[principal.kind].flatMap((action) => this.evidence(full, action, principal.arn));
    const versions = attached
      // Nobody in the account can change the policies that belong to AWS (account `aws`).
      .filter(({ arn }) => arn.includes(`::${principal.account}:`))
      .flatMap(({ arn }) => this.evidence(full, 'iam:CreatePolicyVersion', arn));
    return [...direct, ...versions];
  }

  private unbinds(full: Allowance, { principal }: Authorised): boolean {
    return UNBINDS[principal.kind].some((action) => this.evidence(full, action, principal.arn).length > 0);
  }

  private evidence(full: Allowance, action: string, arn: string): string[] {
    const grants = allowingNamed(this.reading, full, action, arn);
    return byAction(grants, `${action} on ${arn}, of which it has the permissions`);
  }

  /** What older versions of the target's policies allow, where the actor may make one the default. */
  private setVersions(from: Authorised, actor: Authorised, target: Authorised): void {
    const settable = target.attached.filter(({ arn }) => canSetVersion(actor.full, arn, this.reading));
    for (const { statements } of settable.flatMap(({ older }) => older)) {
      this.access(from, allowanceOf(statements, target.variables, target.full.boundary, this.reading));
    }
  }

  private access(from: Authorised, allowance: Allowance): void {
    const { catalogue } = this.reading;
    const labels = allowance.grants.map(({ label }) => label);
    if (isAdministrator(allowance.grants, catalogue)) this.everything(from, labels);
    else {
      const resources = this.resources(from.principal.account);
      new AccessWriter(catalogue, resources, this.graph).write(from.id, allowance);
    }
  }

  private everything(from: Authorised, evidence: readonly string[]): void {
    const whole = this.resources(from.principal.account).whole();
    this.graph.relate('CAN_ACCESS', from.id, whole, evidence, { permission: 'ADMIN' });
  }
}
