import type { Company } from '../company.js';
import { appCount, approval, criticality, writeApp, writeConsents } from '../consents.js';
import { hasSharedAccount } from '../holdings.js';
import {
  accountId,
  breakGlassAccountId,
  DOMAIN,
  humanId,
  ownAppId,
  platformGroupId,
  SOURCE,
  sharedAccountId,
  siteId,
  teamGroupId,
  vaultSecretId,
} from '../ids.js';
import type { Lines } from '../lines.js';
import { accountStatus, emailOf, humanName, teamOf } from '../people.js';
import { stream } from '../random.js';
import { eachDivision, eachHuman, eachTeam, reporting, type SystemDescription } from '../system.js';
import { NOUNS } from '../words.js';
import { groupCount, groupId, writeGroup } from './groups.js';

const TEAM = stream('directory team');
const OWN_APP = stream('registration');
const ACCOUNT = stream('directory account');

const account = (human: number) => accountId('directory', human);

/** A team: its group, which is a member of the group of the team above, its site, and sometimes a guest. */
function writeTeam(company: Company, team: number, lines: Lines): void {
  const random = company.seed.random(TEAM, team);
  const { lead } = company.peopleOf(team);
  const group = teamGroupId(team);
  const site = siteId(team);
  lines.entity('Group', group, `${company.discipline(team)} team ${team}`, { groupType: 'team' });
  const parent = company.parentTeam(team);
  if (parent !== undefined) lines.relate('MEMBER_OF', group, teamGroupId(parent));
  lines.entity('Resource', site, `Site of team ${team}`, {
    resourceType: 'site',
    sensitivity: random.pick(['LOW', 'LOW', 'MEDIUM', 'MEDIUM', 'HIGH']),
  });
  lines.relate('OWNS', account(lead), site);
  lines.relate('CAN_ACCESS', group, site, { permission: 'WRITE' });
  if (hasSharedAccount(company, team)) writeSharedAccount(company, team, lines);
  if (!random.chance(10)) return;
  const guest = `${SOURCE.directory}/guest/${team}`;
  const login = `guest.${team}@partner.example`;
  lines.entity('Account', guest, `Guest of team ${team}`, { login, managed: false });
  lines.relate('OWNS', humanId(lead), guest);
  lines.relate('MEMBER_OF', guest, group);
}

/** One login that everybody in a team uses (mapping: "Team account"); its password is kept in the vault. */
function writeSharedAccount(company: Company, team: number, lines: Lines): void {
  const shared = sharedAccountId(team);
  const { lead, count } = company.peopleOf(team);
  lines.entity('Account', shared, `Team ${team}`, { login: `team.${team}@${DOMAIN}` });
  for (let human = lead; human < lead + count; human += 1) {
    lines.relate('HAS_ACCOUNT', { humanEmail: emailOf(company, human) }, shared);
  }
  lines.relate('CAN_ACCESS', shared, siteId(team), { permission: 'READ' });
}

/** An app that a team registered, with a client secret that its lead made (mapping: "App registration"). */
function writeOwnApp(company: Company, team: number, lines: Lines): void {
  if (!company.builds(team)) return;
  const random = company.seed.random(OWN_APP, team);
  const owner = account(company.peopleOf(team).lead);
  const app = ownAppId(team, 0);
  const secret = `${app}/client-secret`;
  lines.entity('App', app, `${random.pick(NOUNS)} of team ${team}`, {
    clientId: `own-client-${team}`,
    publisher: 'own',
    approval: approval(random),
    criticality: criticality(random),
    lastUsedAt: company.before(random, 150),
  });
  lines.relate('OWNS', owner, app);
  lines.entity('Token', secret, `client secret of team ${team}`, {
    tokenType: 'CLIENT_SECRET',
    expiresAt: company.expiry(random, 365),
  });
  lines.relate('ISSUED', app, secret);
  lines.relate('CREDENTIAL_OF', secret, app);
  lines.relate('STORED_IN', secret, vaultSecretId(team, 0));
  lines.relate('KNOWS', owner, secret, { how: 'MINTED' });
  const grant = `${app}/permissions`;
  lines.entity('Grant', grant, `permissions of ${app}`, { scopes: ['site.read'], grantType: 'APPLICATION' });
  lines.relate('GRANTED', app, grant);
  lines.relate('TO_APP', grant, app);
  lines.relate('CAN_ACCESS', grant, siteId(team), { permission: 'READ' });
  if (random.chance(15)) lines.relate('DEPENDS_ON', app, account(company.somebodyOf(team, random)));
}

/** An app of the catalogue: one in ten was consented to for the whole tenant. */
function writeCatalogueApp(company: Company, rank: number, lines: Lines): void {
  const random = writeApp(company, 'directory', rank, lines);
  const app = `${SOURCE.directory}/app/${rank}`;
  // The owner of a bought app is known from the CMDB. Owning it does not give access to it (access: false).
  lines.relate('OWNS', humanId(random.below(company.humans)), app, { access: false, evidence: 'CMDB' });
  if (rank % 10 !== 3) return;
  const grant = `${app}/tenant-consent`;
  const administrator = company.peopleOf(company.platformTeam(0)).lead;
  lines.entity('Grant', grant, `consent for everybody to app ${rank}`, {
    scopes: ['profile', 'directory.read'],
    grantType: 'DELEGATED',
    consentType: 'ALL_PRINCIPALS',
  });
  lines.relate('GRANTED', app, grant);
  lines.relate('TO_APP', grant, app);
  lines.relate('APPROVED', account(administrator), grant);
  lines.relate('CAN_ACCESS', grant, siteId(0), { permission: 'READ' });
}

/** A person's account, its team, the groups it joined, and what it consented to. */
function writeAccount(company: Company, human: number, lines: Lines): void {
  const random = company.seed.random(ACCOUNT, human);
  const email = emailOf(company, human);
  const team = teamOf(company, human);
  const { lead } = company.peopleOf(team);
  lines.entity('Account', account(human), humanName(company, human), {
    status: accountStatus(company, 'directory', human),
    login: email,
    ...(random.chance(80) ? { lastUsedAt: company.before(random, 40) } : {}),
  });
  lines.relate('HAS_ACCOUNT', { humanEmail: email }, account(human));
  lines.relate('MEMBER_OF', account(human), teamGroupId(team), { startedAt: company.before(random, 1500) });
  for (const rank of random.ranks(groupCount(company), random.pick([0, 1, 1, 1, 2, 5]))) {
    lines.relate('MEMBER_OF', account(human), groupId(rank));
  }
  // A person who keeps a manager's calendar can read the manager's mail (mapping: "Mailbox delegation").
  if (human === lead + 1 && random.chance(15)) lines.relate('CAN_ASSUME', account(human), account(lead));
  writeConsents(company, 'directory', human, siteId(team), lines);
}

/**
 * A division's administrators, and the break-glass account for when they cannot sign in; its password is in the
 * vault.
 */
function writeDivision(company: Company, division: number, lines: Lines): void {
  const platform = platformGroupId(division);
  lines.entity('Group', platform, `platform administrators ${division}`, { groupType: 'role' });
  for (const human of company.administrators(division)) {
    lines.relate('MEMBER_OF', account(human), platform);
  }
  const id = breakGlassAccountId(division);
  lines.entity('Account', id, `Break glass ${division}`, { login: `break-glass.${division}@${DOMAIN}` });
  const { first, count } = company.teamsOf(division);
  for (let team = first; team < first + count; team += 4) {
    lines.relate('CAN_ACCESS', id, siteId(team), { permission: 'ADMIN' });
  }
}

/** The directory: accounts, nested teams, role groups, app registrations and consents. */
export const directory: SystemDescription = {
  system: 'directory',
  vendor: 'entra',
  name: 'Directory',
  reports: reporting(
    'Account Group App Grant Token Resource',
    'HAS_ACCOUNT MEMBER_OF OWNS APPROVED GRANTED TO_APP ISSUED DELEGATED_TO STORED_IN ' +
      'CREDENTIAL_OF KNOWS CAN_ASSUME DEPENDS_ON CAN_ACCESS',
  ),
  sections: [
    { count: eachTeam, write: writeTeam },
    { count: groupCount, write: writeGroup },
    { count: appCount, write: writeCatalogueApp },
    { count: eachTeam, write: writeOwnApp },
    { count: eachDivision, write: writeDivision },
    { count: eachHuman, write: writeAccount },
  ],
};
