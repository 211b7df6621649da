import { compareUtf8 } from '../../model/utf8.js';
import { principalArn } from './arn.js';
import {
  asList,
  asOptionalList,
  asRecord,
  asText,
  asTexts,
  asTime,
  type JsonRecord,
  refuse,
} from './json.js';
import { type PolicyStatement, readInlinePolicies, readPolicy } from './policy.js';

/** A managed policy with the statements of its default version. */
export interface ManagedPolicy {
  readonly arn: string;
  readonly name: string;
  readonly statements: readonly PolicyStatement[];
  /** Its other versions, any of which can be made the default one. */
  readonly older: readonly PolicyVersion[];
}

/** A version of a managed policy that is not its default one. */
export interface PolicyVersion {
  readonly version: string;
  readonly statements: readonly PolicyStatement[];
}

interface Identity {
  readonly arn: string;
  readonly account: string;
  /** The path and name after the account in the ARN: `user/ada`, `role/team/deploy`. */
  readonly what: string;
  readonly name: string;
  /** AWS's unique id, which a policy names where a principal was deleted and created again. It is never written out. */
  readonly uniqueId: string;
  readonly createdAt: string | undefined;
  readonly inline: readonly PolicyStatement[];
  /** ARNs of the managed policies attached. */
  readonly attached: readonly string[];
  readonly boundary: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** An IAM user. */
export interface User extends Identity {
  readonly kind: 'user';
  readonly groups: readonly string[];
}

/** An IAM group. */
export interface Group extends Identity {
  readonly kind: 'group';
}

/** An IAM role, with its trust policy. */
export interface IamRole extends Identity {
  readonly kind: 'role';
  readonly trust: readonly PolicyStatement[];
  readonly lastUsedAt: string | undefined;
  /** An EC2 instance can be started with it. */
  readonly hasInstanceProfile: boolean;
}

/** An identity that has policies: a user, a group or a role. */
export type Principal = User | Group | IamRole;

/** The content of the file, everything in order of ARN, so that the conversion is deterministic. */
export interface Details {
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  readonly roles: readonly IamRole[];
  readonly policies: ReadonlyMap<string, ManagedPolicy>;
}

/** Reads the whole file, or refuses it with the first place that is wrong. */
export function readDetails(value: unknown): Details {
  const file = asRecord(value, 'The input');
  // A page would look like an account in which the rest has been deleted.
  if (file.IsTruncated === true || file.NextToken !== undefined) {
    throw refuse('The input', 'is one page of several (IsTruncated or NextToken is set)');
  }
  const seen = new Set<string>();
  const read = <T extends { arn: string }>(list: string, reader: (item: JsonRecord, where: string) => T) =>
    asList(file[list], list)
      .map((item, at) => {
        const found = reader(asRecord(item, `${list}[${at}]`), `${list}[${at}]`);
        if (seen.has(found.arn)) throw refuse(`${list}[${at}].Arn`, `(${found.arn}) is in the file twice`);
        seen.add(found.arn);
        return found;
      })
      .sort((a, b) => compareUtf8(a.arn, b.arn));
  return {
    users: read('UserDetailList', readUser),
    groups: read('GroupDetailList', readGroup),
    roles: read('RoleDetailList', readRole),
    policies: new Map(read('Policies', readManagedPolicy).map((policy) => [policy.arn, policy])),
  };
}

function readIdentity(item: JsonRecord, where: string, noun: 'User' | 'Group' | 'Role'): Identity {
  const arn = asText(item.Arn, `${where}.Arn`);
  const { account, resource } = principalArn(arn, `${where}.Arn`);
  const boundary = item.PermissionsBoundary;
  const boundaryAt = `${where}.PermissionsBoundary`;
  return {
    arn,
    account,
    what: resource,
    name: asText(item[`${noun}Name`], `${where}.${noun}Name`),
    uniqueId: typeof item[`${noun}Id`] === 'string' ? (item[`${noun}Id`] as string) : '',
    createdAt: asTime(item.CreateDate, `${where}.CreateDate`),
    inline: readInlinePolicies(item[`${noun}PolicyList`], `${where}.${noun}PolicyList`),
    attached: readAttached(item.AttachedManagedPolicies, `${where}.AttachedManagedPolicies`),
    boundary: boundary
      ? asText(asRecord(boundary, boundaryAt).PermissionsBoundaryArn, `${boundaryAt}.PermissionsBoundaryArn`)
      : undefined,
    tags: readTags(item.Tags, `${where}.Tags`),
  };
}

const readAttached = (value: unknown, where: string) =>
  asOptionalList(value, where).map((item, at) =>
    asText(asRecord(item, `${where}[${at}]`).PolicyArn, `${where}[${at}].PolicyArn`),
  );

/** The console keeps the description of an access key as a tag that is named by the key's id. */
const KEY_ID = /^A[A-Z]{3}[A-Z0-9]{16}$/;

/** The tags, sorted, without those that name an access key: no part of a credential is written out. */
function readTags(value: unknown, where: string): Record<string, string> {
  const pairs = asOptionalList(value, where).map((item, at) => {
    const tag = asRecord(item, `${where}[${at}]`);
    return [asText(tag.Key, `${where}[${at}].Key`), String(tag.Value ?? '')] as const;
  });
  const kept = pairs.filter(([key]) => !KEY_ID.test(key));
  return Object.fromEntries(kept.sort(([a], [b]) => compareUtf8(a, b)));
}

const readUser = (item: JsonRecord, where: string): User => ({
  ...readIdentity(item, where, 'User'),
  kind: 'user',
  groups: asTexts(item.GroupList, `${where}.GroupList`),
});

const readGroup = (item: JsonRecord, where: string): Group => ({
  ...readIdentity(item, where, 'Group'),
  kind: 'group',
});

function readRole(item: JsonRecord, where: string): IamRole {
  const used = item.RoleLastUsed === undefined ? {} : asRecord(item.RoleLastUsed, `${where}.RoleLastUsed`);
  const identity = readIdentity(item, where, 'Role');
  return {
    ...identity,
    kind: 'role',
    trust: readPolicy(item.AssumeRolePolicyDocument, 'trust policy', `${where}.AssumeRolePolicyDocument`),
    lastUsedAt: asTime(used.LastUsedDate, `${where}.RoleLastUsed.LastUsedDate`),
    hasInstanceProfile: asOptionalList(item.InstanceProfileList, `${where}.InstanceProfileList`).length > 0,
  };
}

function readManagedPolicy(item: JsonRecord, where: string): ManagedPolicy {
  const arn = asText(item.Arn, `${where}.Arn`);
  const name = asText(item.PolicyName, `${where}.PolicyName`);
  const versions = asList(item.PolicyVersionList, `${where}.PolicyVersionList`).map((version, at) =>
    asRecord(version, `${where}.PolicyVersionList[${at}]`),
  );
  const read = (version: JsonRecord, at: number, label: string) =>
    readPolicy(version.Document, label, `${where}.PolicyVersionList[${at}].Document`);
  const chosen = versions.findIndex((version) => version.IsDefaultVersion === true);
  if (chosen < 0) throw refuse(`${where}.PolicyVersionList`, 'has no default version');
  const older = versions.flatMap((version, at) => {
    if (at === chosen) return [];
    const id = String(version.VersionId ?? at + 1);
    const label = `policy ${name} (version ${id}, which iam:SetDefaultPolicyVersion can make its default)`;
    return [{ version: id, statements: read(version, at, label) }];
  });
  const statements = read(versions[chosen] as JsonRecord, chosen, `policy ${name}`);
  return { arn, name, statements, older };
}
