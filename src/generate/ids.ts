/**
 * The ids of entities that other systems refer to. An id is made of positions only: of the human or the team, and of
 * the thing among theirs. So a system can name an entity of another system without asking it.
 */

/** The invented company. `.example` is reserved by RFC 2606, so its addresses belong to nobody. */
export const COMPANY = 'halden';
export const DOMAIN = 'halden.example';

/** The source of each system, in the order of the files. */
export const SOURCE = {
  people: `hr:${COMPANY}`,
  directory: `entra:${COMPANY}`,
  workspace: `google:${COMPANY}`,
  code: `github:${COMPANY}`,
  cloud: `aws:${COMPANY}`,
  vault: `vault:${COMPANY}`,
  chat: `slack:${COMPANY}`,
  registry: `npm:${COMPANY}`,
  devices: `mdm:${COMPANY}`,
} as const;

/** A system of the company. */
export type System = keyof typeof SOURCE;

export const humanId = (human: number) => `${SOURCE.people}/person/${human}`;

/** A person's own login in a system. */
export const accountId = (system: System, human: number) => `${SOURCE[system]}/user/${human}`;

/** The group of a team in the directory. */
export const teamGroupId = (team: number) => `${SOURCE.directory}/team/${team}`;
/**
 * The group that administers a division. It is a role of its own: a team's group also has the people of teams below.
 */
export const platformGroupId = (division: number) => `${SOURCE.directory}/platform/${division}`;
export const siteId = (team: number) => `${SOURCE.directory}/site/${team}`;
export const sharedAccountId = (team: number) => `${SOURCE.directory}/shared/${team}`;
export const breakGlassAccountId = (division: number) => `${SOURCE.directory}/break-glass/${division}`;
export const ownAppId = (team: number, nth: number) => `${SOURCE.directory}/registration/${team}.${nth}`;

/** The consent that a person gave to an app, and the refresh token that it issued. */
export const grantId = (system: System, human: number, nth: number) =>
  `${SOURCE[system]}/grant/${human}.${nth}`;
export const refreshTokenId = (system: System, human: number, nth: number) =>
  `${SOURCE[system]}/refresh/${human}.${nth}`;

export const codeGroupId = (team: number) => `${SOURCE.code}/team/${team}`;
export const repositoryId = (team: number, nth: number) => `${SOURCE.code}/repo/${team}.${nth}`;
export const ciSecretId = (team: number, repository: number, nth: number) =>
  `${SOURCE.code}/secret/${team}.${repository}.${nth}`;
export const sshKeyId = (human: number) => `${SOURCE.code}/ssh/${human}`;

/** The role that deploys a team's services (0), and the roles of the services (from 1). */
export const roleId = (team: number, nth: number) => `${SOURCE.cloud}/role/${team}.${nth}`;
export const adminRoleId = (division: number) => `${SOURCE.cloud}/admin/${division}`;

export const vaultSecretId = (team: number, nth: number) => `${SOURCE.vault}/secret/${team}.${nth}`;
