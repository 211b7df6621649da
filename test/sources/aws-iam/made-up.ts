import { convertAwsIam } from '../../../src/sources/aws-iam/convert.js';

/** Small made-up accounts. The number is the one AWS uses in its documentation. */
export const ACCOUNT = '123456789012';
const CREATED = '2024-01-02 03:04:05+00:00';

export type Statement = Readonly<Record<string, unknown>>;

export const arn = (what: string) => `arn:aws:iam::${ACCOUNT}:${what}`;
export const id = (what: string) => `aws:${ACCOUNT}/${what}`;

export const allow = (
  action: string | string[],
  resource: string | string[] = '*',
  more: Statement = {},
) => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
});

export const deny = (action: string | string[], resource: string | string[] = '*', more: Statement = {}) => ({
  ...allow(action, resource, more),
  Effect: 'Deny',
});

export const document = (...statements: Statement[]) => ({ Version: '2012-10-17', Statement: statements });

const inline = (statements: readonly Statement[]) => [
  { PolicyName: 'made-up', PolicyDocument: document(...statements) },
];

export const user = (name: string, statements: readonly Statement[] = [], more: Statement = {}) => ({
  Path: '/',
  UserName: name,
  Arn: arn(`user/${name}`),
  CreateDate: CREATED,
  UserPolicyList: inline(statements),
  GroupList: [] as string[],
  AttachedManagedPolicies: [],
  ...more,
});

export const group = (name: string, statements: readonly Statement[] = [], more: Statement = {}) => ({
  Path: '/',
  GroupName: name,
  Arn: arn(`group/${name}`),
  CreateDate: CREATED,
  GroupPolicyList: inline(statements),
  AttachedManagedPolicies: [],
  ...more,
});

/** A role that trusts what `principal` names. */
export const role = (
  name: string,
  principal: unknown,
  statements: readonly Statement[] = [],
  more: Statement = {},
) => ({
  Path: '/',
  RoleName: name,
  Arn: arn(`role/${name}`),
  CreateDate: CREATED,
  AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }),
  RolePolicyList: inline(statements),
  AttachedManagedPolicies: [],
  InstanceProfileList: [],
  RoleLastUsed: {},
  ...more,
});

export const policy = (name: string, ...statements: Statement[]) => ({
  PolicyName: name,
  Arn: arn(`policy/${name}`),
  PolicyVersionList: [
    { VersionId: 'v2', IsDefaultVersion: true, Document: document(...statements) },
    { VersionId: 'v1', IsDefaultVersion: false, Document: document(allow('*')) },
  ],
});

export interface Parts {
  readonly users?: readonly Statement[];
  readonly groups?: readonly Statement[];
  readonly roles?: readonly Statement[];
  readonly policies?: readonly Statement[];
}

export const account = ({ users = [], groups = [], roles = [], policies = [] }: Parts) => ({
  UserDetailList: users,
  GroupDetailList: groups,
  RoleDetailList: roles,
  Policies: policies,
});

export const SYNCED_AT = '2026-11-01T00:00:00.000Z';

/** Converts a made-up account; `says` finds the relationships from one entity to another, as short texts. */
export async function convert(parts: Parts, credentialReport?: string) {
  const { document: snapshot, notes: wide } = await convertAwsIam(account(parts), {
    syncedAt: SYNCED_AT,
    ...(credentialReport === undefined
      ? {}
      : { credentialReport: { file: 'report.csv', text: credentialReport } }),
  });
  const says = (from: string, to?: string) =>
    snapshot.relationships
      .filter((one) => one.from === id(from) && (to === undefined || one.to === id(to)))
      .map((one) => [one.type, one.permission, String(one.to).replace(id(''), '')].filter(Boolean).join(' '));
  const evidence = (from: string, to: string) =>
    snapshot.relationships.find((one) => one.from === id(from) && one.to === id(to))?.evidence;
  const entity = (what: string) => snapshot.entities.find((one) => one.id === id(what));
  const { couldNotRead: unread = [] } = snapshot;
  // Of one account where the sentence is about it, as `user/ada: …`.
  const missing = unread.map(({ account: of, because }) =>
    of ? `${of.replace(id(''), '')}: ${because}` : because,
  );
  return { snapshot, unread, missing, wide, says, evidence, entity };
}
