import type { Kind } from '../../model/kinds.js';
import type { RelationshipProperty, RelationshipType } from '../../model/relationships.js';

/** The format in plain sentences: what each kind, type and property is. */

export const KIND_SENTENCES: Readonly<Record<Kind, string>> = {
  Human: 'A person.',
  Account: "A person's login in one source system.",
  Group: 'A group, a team or a role whose members share its access.',
  ServiceIdentity:
    'An identity that is no person: a service account, managed identity, assumable role or bot user.',
  App: 'An OAuth client, a connected app or an installation.',
  Grant: 'One consent: a principal lets an app act on resources.',
  Token: 'One credential: a key, a password or a token, without its value.',
  Secret: 'A place where credentials are kept: a vault path, a secret of CI, a variable. Never the value.',
  Job: 'Something that runs on its own: a schedule, a CI job, a bot, a workflow, a script.',
  Resource: 'What access is for: a repository, bucket, database, drive, channel or environment.',
};

export const TYPE_SENTENCES: Readonly<Record<RelationshipType, string>> = {
  HAS_ACCOUNT: 'The person signs in with this account.',
  MEMBER_OF: 'It is a member, and has the access of the group.',
  OWNS: 'It answers for the thing, and with `access` can use it as an administrator.',
  CREATED: 'It made the thing. This is history and gives no access.',
  APPROVED: 'It approved the thing. This is history and gives no access.',
  GRANTED: 'It gave this consent. A grant has one giver.',
  TO_APP: 'The consent lets this app act. A grant is for one app.',
  ISSUED: 'It issued the token, or the token was issued to it.',
  DELEGATED_TO: 'The second token was made with the first.',
  STORED_IN: 'The token is kept in this secret.',
  COPY_OF: 'The first secret is a copy of the second.',
  CREDENTIAL_OF: 'Whoever holds the credential acts as this principal.',
  KNOWS: 'The person has seen the value, and still knows it.',
  CAN_READ: 'It may read the value of the secret.',
  CAN_ASSUME: 'It may act as this principal.',
  HAS_SECRET: 'The secret is kept in this resource: whoever may write to the resource can use it.',
  DEFINED_IN: 'The job is defined in this resource: whoever may write to the resource can change it.',
  USES: 'The workload uses this credential.',
  RUNS_AS: 'The job runs as this principal.',
  TRIGGERS: 'The first job starts the second.',
  DEPENDS_ON: 'The workload does not work without it.',
  CAN_ACCESS: 'It may use the resource with this permission.',
  CONTAINS: 'The second resource is a part of the first.',
  REPORTS_TO: 'The second person leads the first.',
  REPLACED_BY: 'The second took the place of the first.',
  MANAGES:
    'The thing is declared there, in code or a directory: what is changed at the thing alone comes back.',
};

export const RELATIONSHIP_PROPERTY_SENTENCES: Readonly<Record<RelationshipProperty | 'startedAt', string>> = {
  permission: 'What may be done. Left out: READ.',
  needs: 'The permission on the resource from which on it holds. Left out: WRITE.',
  required: 'false: the workload works without it. Left out: true.',
  access: 'false: it answers for the thing and cannot use it. Left out: true.',
  sustains: 'true: the one ends by itself with the other, as a key with its account. Left out: false.',
  how: 'How the person came to know it.',
  lastReadAt: 'When the person last read the value.',
  scopes: "The source's own words for what may be done.",
  startedAt: 'When it began. Left out: when the source first reported it.',
};

/** Properties of entities. A name means the same with every kind that has it. */
export const PROPERTY_SENTENCES: Readonly<Record<string, string>> = {
  externalId: 'The id in its own system, where that is not `id`.',
  createdAt: 'When it was made. Left out: unknown.',
  lastUsedAt: 'When it was last used. Left out: unknown, which is not never.',
  url: 'Where a person sees it in its own system: an address that begins with https.',
  email: "The person's address. No two live people of one source have the same.",
  employeeId: 'The number of the person in personnel records.',
  lastWorkingDay: 'A day, which ends at midnight where the person works, or a moment.',
  timeZone: 'Where the person works, by the IANA name, such as Europe/Lisbon. Left out: UTC.',
  login: 'The name to sign in with.',
  managed: 'Whether the company can disable it. Left out: true for an account, false for a service identity.',
  groupType: "The source's word for what kind of group it is.",
  identityType: "The source's word for what kind of identity it is.",
  clientId: 'The id of the OAuth client.',
  publisher: 'Who makes the app.',
  approval: 'Whether somebody approved it. Left out: UNKNOWN.',
  criticality: 'How bad it is when it stops. Left out: UNKNOWN.',
  scopes: "The source's own words for what may be done with it.",
  grantType: 'For one person, for the app itself, or for a whole domain.',
  consentType: 'Whether one principal consented, or an administrator for all.',
  tokenType: 'What kind of credential it is.',
  family: 'Tokens of one family are revoked together.',
  expiresAt: 'When it expires. Left out: never, or unknown.',
  selfContained: 'true: whoever checks it asks nobody, and so nobody can revoke it. Left out: false.',
  store: 'Where it is kept, such as the name of a vault.',
  path: 'Its path in the store.',
  fingerprint: 'A keyed hash of the value, never the value or a plain hash of it.',
  version: 'The version of the value.',
  rotatedAt: 'When the value was last changed.',
  jobType: 'What kind of thing it is that runs.',
  schedule: 'When it runs, in the words of the source.',
  lastRunAt: 'When it last ran.',
  resourceType: "The source's word for what kind of resource it is.",
  sensitivity: 'How bad it is when somebody gets hold of it.',
  personal: "true: one person's own workstation, notes or vault. Left out: false.",
};
