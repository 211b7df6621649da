import type { Company } from '../company.js';
import { appCount, appId, writeApp, writeConsents } from '../consents.js';
import { consentCount } from '../holdings.js';
import { accountId, DOMAIN, grantId, humanId, SOURCE } from '../ids.js';
import type { Lines } from '../lines.js';
import { accountStatus, emailOf, hasLogin, humanName } from '../people.js';
import { type Random, stream } from '../random.js';
import { eachDivision, eachHuman, reporting, type SystemDescription } from '../system.js';
import { NOUNS } from '../words.js';
import { writeOwnedJob } from './jobs.js';

const ACCOUNT = stream('workspace account');
const DELEGATION = stream('domain-wide delegation');

const account = (human: number) => accountId('workspace', human);
const driveId = (human: number) => `${SOURCE.workspace}/drive/${human}`;
const unitId = (division: number) => `${SOURCE.workspace}/unit/${division}`;
const MAILBOX_APP = `${SOURCE.workspace}/app/external-mailbox`;

/**
 * The drives of a division, its administrators, and a service account that may act as anybody in it
 * (mapping: "Google domain-wide delegation").
 */
function writeUnit(company: Company, division: number, lines: Lines): void {
  const random = company.seed.random(DELEGATION, division);
  const unit = unitId(division);
  lines.entity('Resource', unit, `Organisational unit ${division}`, {
    resourceType: 'tenant',
    sensitivity: 'CRITICAL',
  });
  const { lead } = company.peopleOf(company.platformTeam(division));
  for (const human of company.administrators(division).slice(0, 2)) {
    if (hasLogin(company, 'workspace', human)) {
      lines.relate('CAN_ACCESS', account(human), unit, { permission: 'ADMIN', evidence: 'super admin' });
    }
  }
  const robot = `${SOURCE.workspace}/service-account/${division}`;
  const grant = `${robot}/delegation`;
  const key = `${robot}/key`;
  lines.entity('ServiceIdentity', robot, `backup-${division}@${DOMAIN}`, {
    identityType: 'service account',
  });
  lines.entity('Grant', grant, `domain-wide delegation ${division}`, {
    scopes: ['drive', 'mail.read'],
    grantType: 'DOMAIN_WIDE',
    consentType: 'ALL_PRINCIPALS',
  });
  lines.relate('OWNS', humanId(lead), robot, { access: false, evidence: 'label owner' });
  lines.relate('GRANTED', robot, grant);
  lines.relate('TO_APP', grant, appId('workspace', random.below(appCount(company))));
  lines.relate('CAN_ACCESS', grant, unit, { permission: 'WRITE', scopes: ['drive', 'mail.read'] });
  lines.entity('Token', key, `key of backup-${division}`, {
    tokenType: 'SERVICE_ACCOUNT_KEY',
    createdAt: company.before(random, 1200),
  });
  lines.relate('ISSUED', robot, key);
  lines.relate('CREDENTIAL_OF', key, robot);
}

/** A person's account, drive and consents, and the jobs that run on these. */
function writeAccount(company: Company, human: number, lines: Lines): void {
  if (!hasLogin(company, 'workspace', human)) return;
  const random = company.seed.random(ACCOUNT, human);
  const email = emailOf(company, human);
  const drive = driveId(human);
  lines.entity('Account', account(human), humanName(company, human), {
    status: accountStatus(company, 'workspace', human),
    login: email,
    lastUsedAt: company.before(random, 60),
  });
  // Some exports spell an address with capitals: the match does not mind them.
  const spelt = human % 40 === 7 ? email.toUpperCase() : email;
  lines.relate('HAS_ACCOUNT', human % 2 === 0 ? humanId(human) : { humanEmail: spelt }, account(human));
  lines.entity('Resource', drive, `Drive of ${humanName(company, human)}`, {
    resourceType: 'drive',
    sensitivity: random.pick(['LOW', 'MEDIUM', 'MEDIUM', 'HIGH']),
  });
  lines.relate('OWNS', account(human), drive);
  const team = company.firstTeam(human);
  lines.relate('CONTAINS', unitId(company.division(team)), drive);
  const colleague = company.somebodyOf(team, random);
  if (colleague !== human && random.chance(20) && hasLogin(company, 'workspace', colleague)) {
    lines.relate('CAN_ACCESS', account(colleague), drive, { permission: random.pick(['READ', 'WRITE']) });
  }
  writeConsents(company, 'workspace', human, drive, lines);
  if (consentCount(company, 'workspace', human) > 0 && random.chance(12)) {
    writeScript(company, human, random, lines);
  }
  if (random.below(300) === 0) writeForwarding(human, lines);
}

/** A script that works with its author's consent (mapping: "Script, flow, zap on a connection"). */
function writeScript(company: Company, human: number, random: Random, lines: Lines): void {
  const job = `${SOURCE.workspace}/script/${human}`;
  writeOwnedJob(company, job, `${random.pick(NOUNS)} script ${human}`, 'SCRIPT', random, lines);
  lines.relate('OWNS', account(human), job);
  lines.relate('USES', job, grantId('workspace', human, 0), { required: !random.chance(15) });
  lines.relate('DEFINED_IN', job, driveId(human));
}

/** A rule that forwards mail to an address outside (mapping: "Mail forwarding to the outside"). */
function writeForwarding(human: number, lines: Lines): void {
  const grant = `${SOURCE.workspace}/forwarding/${human}`;
  const mailbox = `${SOURCE.workspace}/mailbox/${human}`;
  lines.entity('Resource', mailbox, `Mailbox ${human}`, { resourceType: 'mailbox', sensitivity: 'HIGH' });
  lines.entity('Grant', grant, `forwarding ${human}`, {
    scopes: ['mail'],
    grantType: 'DELEGATED',
    consentType: 'PRINCIPAL',
  });
  lines.relate('GRANTED', account(human), grant);
  lines.relate('TO_APP', grant, MAILBOX_APP);
  lines.relate('CAN_ACCESS', grant, mailbox, { permission: 'READ' });
}

/** The apps of the office suite. The first one stands for mailboxes outside the company. */
function writeCatalogueApp(company: Company, rank: number, lines: Lines): void {
  if (rank === 0) {
    lines.entity('App', MAILBOX_APP, 'Mailbox outside', { publisher: 'outside', approval: 'UNAPPROVED' });
  }
  writeApp(company, 'workspace', rank, lines);
}

/** The office suite: drives, third-party apps with their refresh tokens, scripts, domain-wide delegation. */
export const workspace: SystemDescription = {
  system: 'workspace',
  vendor: 'google',
  name: 'Office suite',
  reports: reporting(
    'Account ServiceIdentity App Grant Token Job Resource',
    'HAS_ACCOUNT OWNS GRANTED TO_APP ISSUED DELEGATED_TO CREDENTIAL_OF USES DEFINED_IN ' +
      'CAN_ACCESS CONTAINS',
  ),
  sections: [
    { count: appCount, write: writeCatalogueApp },
    { count: eachDivision, write: writeUnit },
    { count: eachHuman, write: writeAccount },
  ],
};
