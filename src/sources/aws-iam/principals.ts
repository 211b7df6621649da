import { idOf } from './arn.js';
import type { Details, Group, IamRole, Principal, User } from './details.js';
import { type Allowance, allowanceOf, hasVariable, type Reading, type Variables } from './grants.js';
import type { PolicyStatement } from './policy.js';

/** A principal with what its policies allow. */
export interface Authorised<P extends Principal = Principal> {
  readonly principal: P;
  readonly id: string;
  /**
   * The access that is written on the principal itself. For a user it leaves out what one of their groups is allowed in
   * the same form, because that is written on the group.
   */
  readonly written: Allowance;
  /** Everything that it is allowed, with its groups: trust and escalation are judged by it. */
  readonly full: Allowance;
  /** The groups of a user, which have their own relationships. */
  readonly groups: readonly Authorised<Group>[];
  /** ARNs of the managed policies that it or a group of its has. */
  readonly attached: readonly string[];
}

/** The principals of the file with what they are allowed, by kind. */
export interface Authorisations {
  readonly users: readonly Authorised<User>[];
  readonly groups: readonly Authorised<Group>[];
  readonly roles: readonly Authorised<IamRole>[];
}

const NO_VARIABLES: Variables = new Map();

/** Computes what each principal of the file is allowed. */
export function authorise(details: Details, reading: Reading): Authorisations {
  const statements = new Map<string, readonly PolicyStatement[]>();
  for (const principal of [...details.groups, ...details.users, ...details.roles]) {
    statements.set(principal.arn, statementsOf(principal, details, reading));
  }
  const of = (principal: Principal) => statements.get(principal.arn) ?? [];

  const groups = details.groups.map((group): Authorised<Group> => {
    // A statement with a variable of the user is written on each member instead.
    const general = of(group).filter((statement) => statement.effect === 'Deny' || !hasVariable(statement));
    const allowance = allowanceOf(general, NO_VARIABLES, undefined, reading);
    return { ...bare(group), written: allowance, full: allowance, groups: [], attached: group.attached };
  });
  const groupNamed = new Map(
    groups.map((group) => [groupKey(group.principal.account, group.principal.name), group]),
  );

  const users = details.users.map((user): Authorised<User> => {
    const mine = groupsOf(user, groupNamed, reading);
    const theirs = mine.flatMap((group) => of(group.principal));
    const variables = new Map([['aws:username', user.name]]);
    const boundary = boundaryOf(user, details, variables, reading);
    const personal = theirs.filter((statement) => statement.effect === 'Deny' || hasVariable(statement));
    const full = allowanceOf([...of(user), ...theirs], variables, boundary, reading);
    if (mine.length > 0 && (boundary || of(user).some((statement) => statement.effect === 'Deny'))) {
      reading.notes.add(
        `What the groups of user ${user.name} are allowed is written on the groups, where what this user's own policies deny or its permissions boundary is not taken away.`,
      );
    }
    return {
      ...bare(user),
      written: allowanceOf([...of(user), ...personal], variables, boundary, reading),
      full,
      groups: mine,
      attached: [...user.attached, ...mine.flatMap((group) => group.attached)],
    };
  });

  const roles = details.roles.map((role): Authorised<IamRole> => {
    const boundary = boundaryOf(role, details, NO_VARIABLES, reading);
    const allowance = allowanceOf(of(role), NO_VARIABLES, boundary, reading);
    return { ...bare(role), written: allowance, full: allowance, groups: [], attached: role.attached };
  });
  return { users, groups, roles };
}

const bare = <P extends Principal>(principal: P) => ({ principal, id: principalId(principal) });

/** Id of a user, group or role: `aws:<account>/user/<path and name>`. */
export const principalId = (principal: Principal) => idOf(principal.account, principal.what);

const groupKey = (account: string, name: string) => `${account}/${name}`;

function groupsOf(
  user: User,
  groupNamed: ReadonlyMap<string, Authorised<Group>>,
  { notes }: Reading,
): Authorised<Group>[] {
  return user.groups.flatMap((name) => {
    const group = groupNamed.get(groupKey(user.account, name));
    if (!group) notes.add(`User ${user.name} is in group ${name}, which is not in the input: left out.`);
    return group ? [group] : [];
  });
}

function statementsOf(principal: Principal, details: Details, { notes }: Reading): PolicyStatement[] {
  const attached = principal.attached.flatMap((arn) => {
    const policy = details.policies.get(arn);
    if (!policy) {
      notes.add(
        `Policy ${arn}, attached to ${principal.what}, is not in the input: what it allows and denies is unknown.`,
      );
    }
    return policy?.statements ?? [];
  });
  return [...principal.inline, ...attached];
}

function boundaryOf(
  { boundary, what }: User | IamRole,
  details: Details,
  variables: Variables,
  reading: Reading,
): Allowance | undefined {
  if (boundary === undefined) return undefined;
  const policy = details.policies.get(boundary);
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
