import type { Company } from '../company.js';
import { hasSshKey, repositoryCount } from '../holdings.js';
import { accountId, codeGroupId, humanId, repositoryId, SOURCE, sshKeyId } from '../ids.js';
import type { Lines } from '../lines.js';
import { accountStatus, hasLogin, loginOf } from '../people.js';
import { type Random, stream } from '../random.js';
import { eachDivision, eachHuman, eachTeam, reporting, type SystemDescription } from '../system.js';
import { writeOwnedJob } from './jobs.js';
import { organisationId, writeRepository } from './repositories.js';

const ACCOUNT = stream('code account');

const account = (human: number) => accountId('code', human);
const engineersId = (division: number) => `${SOURCE.code}/engineers/${division}`;
const administratorsId = (division: number) => `${SOURCE.code}/administrators/${division}`;

/** An organisation: everybody in it can read its repositories, its administrators have ADMIN. */
function writeOrganisation(company: Company, division: number, lines: Lines): void {
  const organisation = organisationId(division);
  const engineers = engineersId(division);
  const administrators = administratorsId(division);
  lines.entity('Resource', organisation, `Organisation ${division}`, {
    resourceType: 'organisation',
    sensitivity: 'HIGH',
  });
  lines.entity('Group', engineers, `engineers ${division}`, { groupType: 'team' });
  lines.entity('Group', administrators, `owners ${division}`, { groupType: 'role' });
  lines.relate('CAN_ACCESS', engineers, organisation, { permission: 'READ', evidence: 'base permission' });
  lines.relate('CAN_ACCESS', administrators, organisation, { permission: 'ADMIN', evidence: 'owner' });
  for (const human of company.administrators(division)) {
    if (hasLogin(company, 'code', human)) lines.relate('MEMBER_OF', account(human), administrators);
  }
}

function writeTeam(company: Company, team: number, lines: Lines): void {
  if (!company.builds(team)) return;
  const group = codeGroupId(team);
  lines.entity('Group', group, `code team ${team}`, { groupType: 'team' });
  lines.relate('MEMBER_OF', group, engineersId(company.division(team)));
  const repositories = repositoryCount(company, team);
  for (let nth = 0; nth < repositories; nth += 1) writeRepository(company, team, nth, lines);
}

/** The account of a person who builds software, and its credentials. A fifth of these people use a personal account. */
function writeAccount(company: Company, human: number, lines: Lines): void {
  if (!hasLogin(company, 'code', human)) return;
  const random = company.seed.random(ACCOUNT, human);
  const team = company.firstTeam(human);
  const login = loginOf(company, human).replaceAll('.', '-');
  lines.entity('Account', account(human), login, {
    status: accountStatus(company, 'code', human),
    login,
    managed: !random.chance(20),
  });
  lines.relate('HAS_ACCOUNT', humanId(human), account(human));
  lines.relate('MEMBER_OF', account(human), codeGroupId(team));
  if (hasSshKey(company, human)) {
    const key = sshKeyId(human);
    lines.entity('Token', key, `ssh key of ${login}`, {
      tokenType: 'SSH_KEY',
      createdAt: company.before(random, 1500),
    });
    lines.relate('ISSUED', account(human), key);
    lines.relate('CREDENTIAL_OF', key, account(human));
  }
  const tokens = random.pick([0, 0, 0, 1, 1, 1, 2]);
  for (let nth = 0; nth < tokens; nth += 1) writeFineGrainedToken(company, human, team, nth, random, lines);
  if (random.chance(6)) writeAgent(company, human, random, lines);
}

/** A token for some repositories of the team (mapping: "Fine-grained token"). */
function writeFineGrainedToken(
  company: Company,
  human: number,
  team: number,
  nth: number,
  random: Random,
  lines: Lines,
): void {
  const token = `${SOURCE.code}/pat/${human}.${nth}`;
  lines.entity('Token', token, `personal token ${human}.${nth}`, {
    status: random.chance(8) ? 'REVOKED' : 'ACTIVE',
    tokenType: 'PERSONAL_ACCESS_TOKEN',
    scopes: ['contents'],
    expiresAt: company.expiry(random, 365),
    ...(random.chance(70) ? { lastUsedAt: company.before(random, 200) } : {}),
  });
  lines.relate('ISSUED', account(human), token);
  const repository = repositoryId(team, random.below(repositoryCount(company, team)));
  lines.relate('CAN_ACCESS', token, repository, { permission: random.pick(['READ', 'WRITE']) });
}

/** An agent that works with its user's token and exchanges it (mapping: "AI agent with its user's access"). */
function writeAgent(company: Company, human: number, random: Random, lines: Lines): void {
  const agent = `${SOURCE.code}/agent/${human}`;
  const token = `${agent}/token`;
  writeOwnedJob(company, agent, `coding agent ${human}`, 'AI_AGENT', random, lines);
  lines.relate('OWNS', account(human), agent);
  lines.entity('Token', token, `token of agent ${human}`, { tokenType: 'REFRESH', family: `agent ${human}` });
  lines.relate('ISSUED', account(human), token);
  lines.relate('CREDENTIAL_OF', token, account(human));
  lines.relate('USES', agent, token);
  let parent = token;
  for (let depth = 0; depth < 1 + random.below(3); depth += 1) {
    const child = `${agent}/exchanged/${depth}`;
    lines.entity('Token', child, `exchanged token ${human}.${depth}`, {
      tokenType: 'ACCESS',
      expiresAt: company.expiry(random, 2),
    });
    lines.relate('DELEGATED_TO', parent, child);
    parent = child;
  }
}

/** The code host: repositories, CI and its secrets, personal tokens, deploy keys, agents. */
export const code: SystemDescription = {
  system: 'code',
  vendor: 'github',
  name: 'Code host',
  reports: reporting(
    'Account Group Token Secret Job Resource',
    'HAS_ACCOUNT MEMBER_OF OWNS CREATED ISSUED DELEGATED_TO STORED_IN COPY_OF CREDENTIAL_OF ' +
      'KNOWS HAS_SECRET DEFINED_IN USES RUNS_AS TRIGGERS DEPENDS_ON CAN_ASSUME CAN_ACCESS ' +
      'CONTAINS',
  ),
  sections: [
    { count: eachDivision, write: writeOrganisation },
    { count: eachTeam, write: writeTeam },
    { count: eachHuman, write: writeAccount },
  ],
};
