import type { Company } from './company.js';
import type { System } from './ids.js';
import { hasLogin, SALT } from './people.js';
import { stream } from './random.js';

// How many things people and teams have, for the things that more than one system refers to.

const CONSENTS = stream('consents');
const REPOSITORIES = stream('repositories');
const CI_SECRETS = stream('ci secrets');
const SECRETS = stream('secrets');
const ROLES = stream('roles');
const SSH_KEY = stream('ssh key');
const SHARED = stream('shared account');

/** How many consents a person gave, for ten kinds of person, by system: most people give few, some give many. */
const CONSENT_COUNTS: Partial<Record<System, readonly number[]>> = {
  directory: [0, 0, 0, 0, 0, 0, 1, 1, 1, 2],
  workspace: [0, 0, 0, 0, 0, 1, 1, 1, 1, 4],
  chat: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1],
};
const NONE = [0];

const REPOSITORY_COUNTS = [1, 1, 1, 1, 2, 2, 2, 3, 4, 9];
const CI_SECRET_COUNTS = [0, 0, 0, 1, 1, 1, 2, 5];
const SECRET_COUNTS = [1, 1, 2, 2, 3, 5];

const oneOf = (counts: readonly number[], company: Company, name: number, index: number) =>
  counts[company.seed.below(name, index, counts.length)] as number;

/** How many apps a person consented to in a system. */
export function consentCount(company: Company, system: System, human: number): number {
  if (!hasLogin(company, system, human)) return 0;
  return oneOf(CONSENT_COUNTS[system] ?? NONE, company, CONSENTS ^ SALT[system], human);
}

/** Repositories of a team; a team that builds nothing has none. */
export function repositoryCount(company: Company, team: number): number {
  return company.builds(team) ? oneOf(REPOSITORY_COUNTS, company, REPOSITORIES, team) : 0;
}

/** CI secrets of a repository. A team has fewer than 16 repositories, so each has a position of its own. */
export function ciSecretCount(company: Company, team: number, repository: number): number {
  return oneOf(CI_SECRET_COUNTS, company, CI_SECRETS, team * 16 + repository);
}

/** Secrets that a team keeps in the vault. A team that builds nothing has only the one of its shared account. */
export function vaultSecretCount(company: Company, team: number): number {
  if (company.builds(team)) return oneOf(SECRET_COUNTS, company, SECRETS, team);
  return hasSharedAccount(company, team) ? 1 : 0;
}

/** Cloud roles of a team: the role that deploys, and one for each service. */
export function roleCount(company: Company, team: number): number {
  return company.builds(team) ? 2 + company.seed.below(ROLES, team, 3) : 0;
}

/** Whether a person has an SSH key at the code host. */
export function hasSshKey(company: Company, human: number): boolean {
  return hasLogin(company, 'code', human) && company.seed.below(SSH_KEY, human, 100) < 55;
}

/** Whether a team that builds nothing shares one login. */
export function hasSharedAccount(company: Company, team: number): boolean {
  return !company.builds(team) && company.seed.below(SHARED, team, 3) === 0;
}
