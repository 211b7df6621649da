import type { Company } from '../company.js';
import { ciSecretCount, repositoryCount, vaultSecretCount } from '../holdings.js';
import { accountId, ciSecretId, codeGroupId, repositoryId, roleId, SOURCE, vaultSecretId } from '../ids.js';
import type { Lines } from '../lines.js';
import { hasLogin } from '../people.js';
import { type Random, stream } from '../random.js';
import { ADJECTIVES, NOUNS } from '../words.js';
import { writeOwnedJob } from './jobs.js';

const REPOSITORY = stream('repository');

export const organisationId = (division: number) => `${SOURCE.code}/organisation/${division}`;

/** A repository, the access to it, its CI secrets, and the jobs defined in it. */
export function writeRepository(company: Company, team: number, nth: number, lines: Lines): void {
  // A team has fewer than 16 repositories, so each has a position of its own in the stream.
  const random = company.seed.random(REPOSITORY, team * 16 + nth);
  const repository = repositoryId(team, nth);
  const name = `${random.pick(ADJECTIVES)}-${random.pick(NOUNS)}-${team}-${nth}`;
  const division = company.division(team);
  lines.entity('Resource', repository, name, {
    status: random.chance(3) ? 'RETIRED' : 'ACTIVE',
    resourceType: 'repository',
    sensitivity: random.pick(['LOW', 'MEDIUM', 'MEDIUM', 'HIGH', 'CRITICAL']),
  });
  lines.relate('CONTAINS', organisationId(division), repository);
  lines.relate('CAN_ACCESS', codeGroupId(team), repository, { permission: 'WRITE', evidence: 'push' });
  lines.relate('OWNS', codeGroupId(team), repository, { access: false, evidence: 'CODEOWNERS' });
  const neighbour = guestTeam(company, team, random);
  if (neighbour !== team) {
    lines.relate('CAN_ACCESS', codeGroupId(neighbour), repository, { permission: 'WRITE' });
  }
  const secrets = ciSecretCount(company, team, nth);
  for (let secret = 0; secret < secrets; secret += 1) {
    writeCiSecret(company, team, nth, secret, random, lines);
  }
  writeDeployRole(team, nth, random, lines);
  writeJobs(company, team, nth, secrets, random, lines);
  if (random.chance(20)) writeDeployKey(company, team, nth, random, lines);
}

/** Another building team of the division that works in the repository; the team itself where there is none. */
function guestTeam(company: Company, team: number, random: Random): number {
  const { first, count } = company.teamsOf(company.division(team));
  const drawn = first + random.below(count);
  return random.chance(40) && company.builds(drawn) ? drawn : team;
}

/** A secret of the CI: a copy of a secret of the vault, or a secret in which a personal token is stored. */
function writeCiSecret(
  company: Company,
  team: number,
  repository: number,
  nth: number,
  random: Random,
  lines: Lines,
): void {
  const secret = ciSecretId(team, repository, nth);
  const inVault = vaultSecretCount(company, team);
  const needs = random.chance(12) ? 'ADMIN' : 'WRITE';
  lines.entity('Secret', secret, `CI_SECRET_${nth}`, {
    store: 'ci',
    path: `${repositoryId(team, repository)}/${nth}`,
    rotatedAt: company.before(random, 900),
  });
  lines.relate('HAS_SECRET', repositoryId(team, repository), secret, { needs });
  if (random.chance(55)) {
    lines.relate('COPY_OF', secret, vaultSecretId(team, random.below(inVault)));
    return;
  }
  const author = company.somebodyOf(team, random);
  if (!hasLogin(company, 'code', author)) return;
  const account = accountId('code', author);
  const token = `${secret}/token`;
  lines.entity('Token', token, `token in ${secret}`, {
    tokenType: 'PERSONAL_ACCESS_TOKEN',
    scopes: ['repo', 'workflow'],
    createdAt: company.before(random, 900),
    ...(random.chance(40) ? { expiresAt: company.expiry(random, 365) } : {}),
  });
  lines.relate('ISSUED', account, token);
  lines.relate('CREDENTIAL_OF', token, account);
  lines.relate('STORED_IN', token, secret);
}

/** Six in ten repositories deploy without a secret (mapping: "CI to cloud without a secret"). */
function writeDeployRole(team: number, nth: number, random: Random, lines: Lines): void {
  if (!random.chance(60)) return;
  const needs = random.chance(25) ? 'ADMIN' : 'WRITE';
  lines.relate('CAN_ASSUME', repositoryId(team, nth), roleId(team, 0), { needs });
}

/** One to three jobs. The first uses every secret and triggers the others. */
function writeJobs(
  company: Company,
  team: number,
  repository: number,
  secrets: number,
  random: Random,
  lines: Lines,
): void {
  const count = random.pick([1, 1, 1, 2, 3]);
  const first = `${SOURCE.code}/job/${team}.${repository}.0`;
  for (let nth = 0; nth < count; nth += 1) {
    const job = `${SOURCE.code}/job/${team}.${repository}.${nth}`;
    writeOwnedJob(company, job, `pipeline ${team}.${repository}.${nth}`, 'CI_JOB', random, lines);
    lines.relate('DEFINED_IN', job, repositoryId(team, repository));
    if (nth > 0) lines.relate('TRIGGERS', first, job);
    else writeNeeds(company, job, team, repository, secrets, random, lines);
  }
}

function writeNeeds(
  company: Company,
  job: string,
  team: number,
  repository: number,
  secrets: number,
  random: Random,
  lines: Lines,
): void {
  for (let nth = 0; nth < secrets; nth += 1) {
    lines.relate('USES', job, ciSecretId(team, repository, nth), { required: !random.chance(10) });
  }
  if (random.chance(40)) lines.relate('RUNS_AS', job, roleId(team, 0));
  const last = company.somebodyOf(team, random);
  // A schedule stops with the account that last changed it (mapping: "Workflow of an enterprise-managed account").
  if (random.chance(20) && hasLogin(company, 'code', last)) {
    lines.relate('DEPENDS_ON', job, accountId('code', last));
  }
  const others = repositoryCount(company, team);
  if (repository > 0 && others > 1 && random.chance(15)) {
    lines.relate('DEPENDS_ON', job, `${SOURCE.code}/job/${team}.0.0`);
  }
}

/** A key that belongs to the repository. The person who created it knows it (mapping: "Deploy key"). */
function writeDeployKey(
  company: Company,
  team: number,
  repository: number,
  random: Random,
  lines: Lines,
): void {
  const key = `${SOURCE.code}/deploy-key/${team}.${repository}`;
  const maker = company.somebodyOf(team, random);
  lines.entity('Token', key, `deploy key ${team}.${repository}`, {
    tokenType: 'DEPLOY_KEY',
    createdAt: company.before(random, 1500),
  });
  lines.relate('CAN_ACCESS', key, repositoryId(team, repository), {
    permission: random.pick(['READ', 'WRITE']),
  });
  if (!hasLogin(company, 'code', maker)) return;
  lines.relate('CREATED', accountId('code', maker), key);
  lines.relate('KNOWS', accountId('code', maker), key, { how: 'MINTED' });
}
