import { registerEnumType } from 'type-graphql';
import { RESOLUTIONS } from '../../graph/answers.js';
import { KINDS, type Kind, STATUS_CODES } from '../../model/kinds.js';
import { PERMISSIONS } from '../../model/levels.js';
import {
  APPROVALS,
  CONSENT_TYPES,
  CRITICALITIES,
  GRANT_TYPES,
  JOB_TYPES,
  SENSITIVITIES,
  TOKEN_TYPES,
} from '../../model/properties.js';
import { allowedPairs, RELATIONSHIP_TYPES, ruleOf } from '../../model/relationships.js';
import { ROLE_SENTENCES, ROLES } from '../../model/roles.js';

/** The names of a GraphQL enum, with the internal value of each. */
export type EnumValues<V extends string> = Readonly<Record<string, V>>;

type Sentences = Readonly<Record<string, string>>;

/**
 * Registers an enum whose names are the values themselves.
 *
 * @param sentences what each value means; every value has one
 */
export function enumOf<V extends string>(
  name: string,
  description: string,
  values: readonly V[],
  sentences: Sentences,
): EnumValues<V> {
  return register(name, description, Object.fromEntries(values.map((value) => [value, value])), sentences);
}

function register<V extends string>(
  name: string,
  description: string,
  values: EnumValues<V>,
  sentences: Sentences,
): EnumValues<V> {
  const valuesConfig = Object.fromEntries(
    Object.keys(values).map((value) => {
      const sentence = sentences[value];
      if (sentence === undefined) throw new Error(`${name}.${value} has no description.`);
      return [value, { description: sentence }];
    }),
  );
  registerEnumType(values as Record<string, V>, { name, description, valuesConfig });
  return values;
}

const KIND_SENTENCES: Readonly<Record<Kind, string>> = {
  Human: 'A person.',
  Account: "A person's login in one source system.",
  Group: 'A group, team or role.',
  ServiceIdentity: 'A principal that is no person: service account, managed identity, role, bot user.',
  App: 'An OAuth client, connected app or installation.',
  Grant: 'One consent: a principal lets an app act on resources.',
  Token: 'One credential instance.',
  Secret: 'A place where credential material is kept. The material itself is never here.',
  Job: 'Anything that runs on its own.',
  Resource: 'What access is for: repository, bucket, database, drive, channel, workstation, tenant.',
};

/** The enum name of a kind: ServiceIdentity is SERVICE_IDENTITY. */
export const kindName = (kind: Kind): string => kind.replace(/(?!^)([A-Z])/g, '_$1').toUpperCase();

export const EntityKind = register<Kind>(
  'EntityKind',
  'The ten kinds of entity.',
  Object.fromEntries(KINDS.map((kind) => [kindName(kind), kind])),
  Object.fromEntries(KINDS.map((kind) => [kindName(kind), KIND_SENTENCES[kind]])),
);

/** The statuses of the model, and EXPIRED, which is derived. */
export const ENTITY_STATUSES = [...STATUS_CODES, 'EXPIRED'] as const;
export type EntityStatusValue = (typeof ENTITY_STATUSES)[number];

export const EntityStatus = enumOf('EntityStatus', 'The status of an entity.', ENTITY_STATUSES, {
  ACTIVE: 'It works.',
  LEAVING: 'A person who is about to leave, and still counts as here.',
  LEFT: 'A person who has left.',
  DISABLED: 'An account that cannot be signed in to.',
  RETIRED: 'It is no longer in service.',
  SUSPENDED: 'It is stopped, and may be started again.',
  REVOKED: 'It gives no access any more.',
  ROTATION_REQUIRED: 'A secret that still works and has to be rotated.',
  EXPIRED: 'A token that had expired at the time asked about, and was not revoked.',
});

export const RelationshipType = enumOf(
  'RelationshipType',
  'How two entities relate.',
  RELATIONSHIP_TYPES,
  Object.fromEntries(
    RELATIONSHIP_TYPES.map((type) => {
      const { offboarding } = ruleOf(type);
      const then = offboarding === '–' ? '' : ` On offboarding: ${offboarding}.`;
      return [type, `${allowedPairs(type)}.${then}`];
    }),
  ),
);

export const Permission = enumOf(
  'Permission',
  'What one may do with a resource, weakest first.',
  PERMISSIONS,
  {
    READ: 'See it.',
    WRITE: 'Change it.',
    ADMIN: 'Decide who may do what with it.',
  },
);

const FOUR_LEVELS: Sentences = {
  LOW: 'Its loss would hardly be noticed.',
  MEDIUM: 'Its loss would disturb the work.',
  HIGH: 'Its loss would do serious harm.',
  CRITICAL: 'The company depends on it.',
};

export const Sensitivity = enumOf(
  'Sensitivity',
  'How much harm the loss of a resource would do.',
  SENSITIVITIES,
  FOUR_LEVELS,
);

export const Criticality = enumOf('Criticality', 'How much a workload matters.', CRITICALITIES, {
  ...FOUR_LEVELS,
  UNKNOWN: 'It is unknown.',
});

export const Approval = enumOf('Approval', 'Whether the company wants a workload.', APPROVALS, {
  APPROVED: 'Somebody approved it.',
  UNAPPROVED: 'It was looked at and not approved.',
  UNKNOWN: 'It is unknown.',
});

export const GrantType = enumOf('GrantType', 'What kind of consent a grant is.', GRANT_TYPES, {
  DELEGATED: 'The app acts for the person who consented.',
  APPLICATION: 'The app acts as itself.',
  DOMAIN_WIDE: 'The app may act for anybody of the domain.',
});

export const ConsentType = enumOf('ConsentType', 'For whom a consent was given.', CONSENT_TYPES, {
  PRINCIPAL: 'For the person who gave it.',
  ALL_PRINCIPALS: 'For everybody of the tenant.',
});

export const TokenType = enumOf('TokenType', 'What kind of credential a token is.', TOKEN_TYPES, {
  ACCESS: 'A short-lived access token.',
  REFRESH: 'A token that fetches access tokens.',
  PERSONAL_ACCESS_TOKEN: 'A token a person made for themselves.',
  API_KEY: 'A key of an API.',
  SSH_KEY: 'A key of SSH.',
  DEPLOY_KEY: 'A key of one repository.',
  APP_PASSWORD: 'A password for one app.',
  SESSION: 'A session that is signed in.',
  SERVICE_ACCOUNT_KEY: 'A key of a service account.',
  WEBHOOK_SECRET: 'The secret that a web hook signs with or is called with.',
  CLIENT_SECRET: 'The secret of an OAuth client.',
});

export const JobType = enumOf('JobType', 'What kind of job it is.', JOB_TYPES, {
  SCHEDULER: 'Runs by a clock.',
  CI_JOB: 'Runs in continuous integration.',
  BOT: 'Answers in a channel.',
  WORKFLOW: 'Runs on an automation platform.',
  WEBHOOK: 'Runs when it is called.',
  SCRIPT: 'A script of somebody.',
  NOTEBOOK: 'A notebook that runs.',
  AI_AGENT: 'An agent that acts by a model.',
});

export const Direction = enumOf(
  'Direction',
  'Which way a relationship points.',
  ['OUT', 'IN', 'BOTH'] as const,
  {
    OUT: 'It begins at the entity.',
    IN: 'It ends at the entity.',
    BOTH: 'Either.',
  },
);

export const OrderDirection = enumOf('OrderDirection', 'Which way an order goes.', ['ASC', 'DESC'] as const, {
  ASC: 'Smallest first.',
  DESC: 'Largest first.',
});
export type OrderDirectionValue = 'ASC' | 'DESC';

export const Resolution = enumOf('Resolution', 'What resolves a conflict.', RESOLUTIONS, {
  REHOME: 'The workload gets an identity and credentials of its own.',
  REISSUE: 'The credential belongs to somebody else, who gets a new one.',
  TRANSFER: 'It would end by itself with the person; it goes to somebody who keeps it.',
});

export const RoleName = enumOf('Role', 'What a caller may do.', ROLES, ROLE_SENTENCES);
