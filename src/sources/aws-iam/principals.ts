import { idOf } from './arn.js';
import type { Details, Group, IamRole, ManagedPolicy, Principal, User } from './details.js';
import {
  type Allowance,
  allowanceOf,
  allowing,
  hasVariable,
  isNarrowed,
  type Reading,
  type Variables,
} from './grants.js';
import { OWN_POLICIES_AS_OF, ownPolicy } from './own-policies.js';
import type { PolicyStatement } from './policy.js';

/** A principal with what its policies allow. */
export interface Authorised<P extends Principal = Principal> {
  readonly principal: P;
  readonly id: string;
  /**
   * The access that is written on the principal itself. For a user it leaves out what their groups are allowed in the
   * same form, because that is written on the group.
   */
  readonly written: Allowance;
  /** Everything that it is allowed, with its groups: trust and escalation are judged by it. */
  readonly full: Allowance;
  /** The groups of a user whose access the user has as it is written on them. */
  readonly groups: readonly Authorised<Group>[];
  /** The groups of a user whose access is narrowed for this user, by a Deny or by a boundary. */
  readonly narrowed: readonly Authorised<Group>[];
  /** Managed policies that it or a group of its has and that are known. */
  readonly attached: readonly ManagedPolicy[];
  /** Its statements, with those of its groups. */
  readonly statements: readonly PolicyStatement[];
  readonly variables: Variables;
  /** ARNs of attached policies that are neither in the input nor known by their names. */
  readonly unknown: readonly string[];
}

/** The principals of the file with what they are allowed, by kind. */
export interface Authorisations {
  readonly users: readonly Authorised<User>[];
  readonly groups: readonly Authorised<Group>[];
  readonly roles: readonly Authorised<IamRole>[];
}

const NO_VARIABLES: Variables = new Map();

const isDeny = ({ effect }: PolicyStatement) => effect === 'Deny';
const isAllow = ({ effect }: PolicyStatement) => effect === 'Allow';

/** Computes what each principal of the file is allowed. */
export function authorise(details: Details, reading: Reading): Authorisations {
  const groups = details.groups.map((group): Authorised<Group> => {
    const policies = policiesOf(group, details, reading);
    // A statement with a variable of the user is written on each member instead.
    const general = policies.statements.filter((statement) => isDeny(statement) || !hasVariable(statement));
    const { allowance } = withVersions(general, policies.attached, NO_VARIABLES, undefined, reading);
    return { ...bare(group), ...policies, written: allowance, full: allowance };
  });
  const named = new Map(groups.map((group) => [keyOf(group.principal.account, group.principal.name), group]));
  const users = details.users.map((user) => authoriseUser(user, named, details, reading));
  const roles = details.roles.map((role): Authorised<IamRole> => {
    const policies = policiesOf(role, details, reading);
    const boundary = boundaryOf(role, details, NO_VARIABLES, reading);
    const { allowance } = withVersions(
      policies.statements,
      policies.attached,
      NO_VARIABLES,
      boundary,
      reading,
    );
    return { ...bare(role), ...policies, written: allowance, full: allowance };
  });
  return { users, groups, roles };
}

function authoriseUser(
  user: User,
  named: ReadonlyMap<string, Authorised<Group>>,
  details: Details,
  reading: Reading,
): Authorised<User> {
  const own = policiesOf(user, details, reading);
  const all = groupsOf(user, named, reading);
  const variables = new Map([['aws:username', user.name]]);
  const boundary = boundaryOf(user, details, variables, reading);
  const statements = [...own.statements, ...all.flatMap((group) => group.statements)];
  const denied = statements.filter(isDeny);
  const narrowed = all.filter((group) => {
    // What is written on the group heeds the group's own denials, but for those with the name of a member.
    const others = denied.filter((one) => hasVariable(one) || !group.statements.includes(one));
    return isNarrowed(group.full, others, variables, boundary, reading);
  });
  if (narrowed.length > 0) {
    const names = narrowed.map(({ principal }) => principal.name).join(', ');
    reading.notes.add(
      `What groups allow user ${user.name} is narrowed by a Deny or a permissions boundary: it is written on the user, and membership in ${names} is an attribute.`,
    );
  }
  const groups = all.filter((group) => !narrowed.includes(group));
  const personal = groups.flatMap((group) => group.statements).filter(hasVariable);
  const attached = [...own.attached, ...all.flatMap((group) => group.attached)];
  const full = withVersions(statements, attached, variables, boundary, reading);
  const ofNarrowed = narrowed.flatMap((group) => group.statements);
  const written = [...own.statements, ...personal, ...ofNarrowed, ...denied, ...full.versions];
  return {
    ...bare(user),
    written: allowanceOf(written, variables, boundary, reading),
    full: full.allowance,
    groups,
    narrowed,
    attached,
    statements,
    variables,
    unknown: own.unknown,
  };
}

/**
 * What statements allow, with what they allow by `iam:SetDefaultPolicyVersion` on policies that the principal has: each
 * older version of these counts as allowed too, and again what that allows.
 */
function withVersions(
  statements: readonly PolicyStatement[],
  attached: readonly ManagedPolicy[],
  variables: Variables,
  boundary: Allowance | undefined,
  reading: Reading,
): { readonly allowance: Allowance; readonly versions: readonly PolicyStatement[] } {
  let versions: readonly PolicyStatement[] = [];
  for (;;) {
    const allowance = allowanceOf([...statements, ...versions], variables, boundary, reading);
    const settable = attached.filter(({ arn }) => canSetVersion(allowance, arn, reading));
    const all = settable.flatMap(({ older }) =>
      older.flatMap((version) => version.statements.filter(isAllow)),
    );
    if (all.length === versions.length) return { allowance, versions };
    versions = all;
  }
}

/** Whether a principal may make another version of a policy its default one. */
export function canSetVersion(allowance: Allowance, arn: string, { catalogue }: Reading): boolean {
  const action = catalogue.indexOf('iam:SetDefaultPolicyVersion');
  return action !== undefined && allowing(allowance, action, arn).length > 0;
}

const bare = <P extends Principal>(principal: P) => ({
  principal,
  id: principalId(principal),
  groups: [],
  narrowed: [],
  variables: NO_VARIABLES,
});

/** Id of a user, group or role: `aws:<account>/user/<path and name>`. */
export const principalId = (principal: Principal) => idOf(principal.account, principal.what);

const keyOf = (account: string, name: string) => `${account}/${name}`;

function groupsOf(
  user: User,
  named: ReadonlyMap<string, Authorised<Group>>,
  { notes }: Reading,
): Authorised<Group>[] {
  return user.groups.flatMap((name) => {
    const group = named.get(keyOf(user.account, name));
    if (!group) {
      const because = `User ${user.name} is in group ${name}, which is not in the input: what it allows is unknown.`;
      notes.missing(['CAN_ACCESS', 'CAN_ASSUME', 'MEMBER_OF'], because, principalId(user));
    }
    return group ? [group] : [];
  });
}

/** A managed policy of the input, or one of AWS's own that is known by its name. */
function policyNamed(arn: string, what: string, details: Details, { notes }: Reading) {
  const policy = details.policies.get(arn);
  if (policy) return policy;
  const own = ownPolicy(arn);
  if (own) {
    notes.add(
      `Policy ${arn}, of ${what}, is not in the input. It is AWS's own, and is read as AWS had it in ${OWN_POLICIES_AS_OF}.`,
    );
  }
  return own;
}

/** The statements of a principal's policies, and which of these could not be found. */
function policiesOf(principal: Principal, details: Details, reading: Reading) {
  const found = principal.attached.map((arn) => policyNamed(arn, principal.what, details, reading));
  const attached = found.filter((policy) => policy !== undefined);
  return {
    attached,
    statements: [...principal.inline, ...attached.flatMap(({ statements }) => statements)],
    unknown: principal.attached.filter((_, at) => found[at] === undefined),
  };
}

function boundaryOf(
  { boundary, what }: User | IamRole,
  details: Details,
  variables: Variables,
  reading: Reading,
): Allowance | undefined {
  if (boundary === undefined) return undefined;
  const policy = policyNamed(boundary, what, details, reading);
  if (!policy) {
    reading.notes.add(
      `The permissions boundary of ${what} (${boundary}) is not in the input and is not evaluated: it may allow less than is shown.`,
    );
    return undefined;
  }
  reading.notes.add(
    `The permissions boundary of ${what} (${boundary}) is applied; where its resources overlap a policy's only in part, the policy's are kept.`,
  );
  return allowanceOf(policy.statements, variables, undefined, reading);
}
