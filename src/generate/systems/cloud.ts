import type { Company } from '../company.js';
import { roleCount, vaultSecretCount } from '../holdings.js';
import { accountId, adminRoleId, humanId, roleId, SOURCE, vaultSecretId } from '../ids.js';
import type { Lines } from '../lines.js';
import { accountStatus, emailOf, hasLogin, loginOf } from '../people.js';
import { type Random, stream } from '../random.js';
import { eachDivision, eachHuman, eachTeam, reporting, type SystemDescription } from '../system.js';
import { writeOwnedJob } from './jobs.js';

const DIVISION = stream('cloud division');
const TEAM = stream('cloud team');
const ACCOUNT = stream('cloud account');

const account = (human: number) => accountId('cloud', human);
const cloudAccountId = (division: number) => `${SOURCE.cloud}/account/${division}`;
const operatorsId = (division: number) => `${SOURCE.cloud}/operators/${division}`;

/** A cloud account, its operators, and the role that they may assume (mapping: "Role that may be assumed"). */
function writeCloudAccount(company: Company, division: number, lines: Lines): void {
  const random = company.seed.random(DIVISION, division);
  const operators = operatorsId(division);
  const role = adminRoleId(division);
  lines.entity('Resource', cloudAccountId(division), `Cloud account ${division}`, {
    resourceType: 'tenant',
    sensitivity: 'CRITICAL',
  });
  lines.entity('Group', operators, `operators ${division}`, { groupType: 'role' });
  lines.entity('ServiceIdentity', role, `administrator ${division}`, { identityType: 'role', managed: true });
  lines.relate('CAN_ASSUME', operators, role);
  lines.relate('CAN_ACCESS', role, cloudAccountId(division), { permission: 'ADMIN' });
  lines.relate('OWNS', humanId(company.peopleOf(company.platformTeam(division)).lead), role, {
    access: false,
    evidence: 'tag owner',
  });
  for (let nth = 0; nth < 3; nth += 1) {
    const session = `${role}/session/${nth}`;
    lines.entity('Token', session, `session ${division}.${nth}`, {
      tokenType: 'SESSION',
      selfContained: true,
      expiresAt: company.after(random, 1),
    });
    lines.relate('ISSUED', role, session);
  }
}

/** What a team runs: buckets and databases, the roles that open them, and a scheduled job. */
function writeTeam(company: Company, team: number, lines: Lines): void {
  const roles = roleCount(company, team);
  if (roles === 0) return;
  const random = company.seed.random(TEAM, team);
  const resources = 1 + random.rank(12);
  for (let nth = 0; nth < resources; nth += 1) {
    const resource = `${SOURCE.cloud}/resource/${team}.${nth}`;
    lines.entity('Resource', resource, `store-${team}-${nth}`, {
      resourceType: random.pick(['bucket', 'bucket', 'database', 'queue']),
      sensitivity: random.pick(['LOW', 'MEDIUM', 'HIGH', 'HIGH', 'CRITICAL']),
    });
    lines.relate('CONTAINS', cloudAccountId(company.division(team)), resource);
    for (let role = 0; role < Math.min(roles, 2); role += 1) {
      const permission = random.chance(50) ? 'READ' : 'WRITE';
      lines.relate('CAN_ACCESS', roleId(team, role), resource, { permission });
    }
  }
  for (let nth = 0; nth < roles; nth += 1) writeRole(company, team, nth, random, lines);
  writeScheduler(company, team, roles, random, lines);
}

/** A service identity. Services (from 1) have a key, which the vault keeps. */
function writeRole(company: Company, team: number, nth: number, random: Random, lines: Lines): void {
  const role = roleId(team, nth);
  const lead = company.peopleOf(team).lead;
  lines.entity('ServiceIdentity', role, nth === 0 ? `deploy-${team}` : `service-${team}-${nth}`, {
    status: nth > 2 && random.chance(20) ? 'RETIRED' : 'ACTIVE',
    identityType: nth === 0 ? 'role' : 'service account',
  });
  lines.relate('OWNS', humanId(lead), role, { access: false, evidence: 'tag owner' });
  if (hasLogin(company, 'cloud', lead)) lines.relate('CREATED', account(lead), role);
  if (nth === 0) return;
  const key = `${role}/key`;
  lines.entity('Token', key, `key of service-${team}-${nth}`, {
    tokenType: 'SERVICE_ACCOUNT_KEY',
    createdAt: company.before(random, 1500),
    ...(random.chance(30) ? { expiresAt: company.expiry(random, 365) } : {}),
  });
  lines.relate('ISSUED', role, key);
  lines.relate('CREDENTIAL_OF', key, role);
  lines.relate('STORED_IN', key, vaultSecretId(team, nth % vaultSecretCount(company, team)));
}

function writeScheduler(company: Company, team: number, roles: number, random: Random, lines: Lines): void {
  const job = `${SOURCE.cloud}/schedule/${team}`;
  writeOwnedJob(company, job, `nightly ${team}`, 'SCHEDULER', random, lines);
  lines.relate('OWNS', humanId(company.somebodyOf(team, random)), job);
  lines.relate('RUNS_AS', job, roleId(team, roles - 1));
  lines.relate('USES', job, vaultSecretId(team, 0));
  if (random.chance(25)) {
    lines.relate('DEPENDS_ON', job, vaultSecretId(team, vaultSecretCount(company, team) - 1));
  }
}

/** A cloud user, some with keys that work anywhere (mapping: "Cloud user's keys"). */
function writeAccount(company: Company, human: number, lines: Lines): void {
  if (!hasLogin(company, 'cloud', human)) return;
  const random = company.seed.random(ACCOUNT, human);
  const team = company.firstTeam(human);
  lines.entity('Account', account(human), loginOf(company, human), {
    status: accountStatus(company, 'cloud', human),
    login: loginOf(company, human),
  });
  lines.relate('HAS_ACCOUNT', { humanEmail: emailOf(company, human) }, account(human));
  if (team === company.platformTeam(company.division(team))) {
    lines.relate('MEMBER_OF', account(human), operatorsId(company.division(team)));
  }
  lines.relate('CAN_ASSUME', account(human), roleId(team, 0));
  const keys = random.pick([0, 0, 1, 1, 2]);
  for (let nth = 0; nth < keys; nth += 1) {
    const key = `${account(human)}/key/${nth}`;
    lines.entity('Token', key, `access key ${human}.${nth}`, {
      tokenType: 'API_KEY',
      createdAt: company.before(random, 1500),
      ...(random.chance(60) ? { lastUsedAt: company.before(random, 300) } : {}),
    });
    lines.relate('ISSUED', account(human), key);
    lines.relate('CREDENTIAL_OF', key, account(human));
  }
}

/** The cloud: accounts, roles, keys, and the resources that they give access to. */
export const cloud: SystemDescription = {
  system: 'cloud',
  vendor: 'aws',
  name: 'Cloud',
  reports: reporting(
    'Account Group ServiceIdentity Token Job Resource',
    'HAS_ACCOUNT MEMBER_OF OWNS CREATED ISSUED STORED_IN CREDENTIAL_OF CAN_ASSUME USES RUNS_AS ' +
      'DEPENDS_ON CAN_ACCESS CONTAINS',
  ),
  sections: [
    { count: eachDivision, write: writeCloudAccount },
    { count: eachTeam, write: writeTeam },
    { count: eachHuman, write: writeAccount },
  ],
};
