import type { Company } from '../company.js';
import { ciSecretCount } from '../holdings.js';
import { accountId, ciSecretId, SOURCE } from '../ids.js';
import type { Lines } from '../lines.js';
import { emailOf, hasLogin, loginOf } from '../people.js';
import { stream } from '../random.js';
import { eachHuman, eachTeam, reporting, type SystemDescription } from '../system.js';

const ACCOUNT = stream('registry account');

const packageId = (team: number) => `${SOURCE.registry}/package/${team}`;

function writePackage(company: Company, team: number, lines: Lines): void {
  if (!company.builds(team)) return;
  lines.entity('Resource', packageId(team), `package of team ${team}`, {
    resourceType: 'package',
    sensitivity: 'HIGH',
  });
}

/**
 * A person's own account with a token that publishes the company's package, often from CI
 * (mapping: "Personal publish token for a company package"). The company cannot disable it.
 */
function writeAccount(company: Company, human: number, lines: Lines): void {
  if (!hasLogin(company, 'registry', human)) return;
  const random = company.seed.random(ACCOUNT, human);
  const account = accountId('registry', human);
  const token = `${account}/publish`;
  const team = company.firstTeam(human);
  lines.entity('Account', account, loginOf(company, human), {
    login: `${loginOf(company, human)}.own`,
    managed: false,
  });
  lines.relate('HAS_ACCOUNT', { humanEmail: emailOf(company, human) }, account);
  lines.entity('Token', token, `publish token ${human}`, {
    tokenType: 'API_KEY',
    scopes: ['publish'],
    createdAt: company.before(random, 1200),
  });
  lines.relate('ISSUED', account, token);
  lines.relate('CAN_ACCESS', token, packageId(team), { permission: 'WRITE' });
  if (ciSecretCount(company, team, 0) > 0) lines.relate('STORED_IN', token, ciSecretId(team, 0, 0));
}

/** The public package registry, where accounts belong to people and not to the company. */
export const registry: SystemDescription = {
  system: 'registry',
  vendor: 'npm',
  name: 'Package registry',
  reports: reporting('Account Token Resource', 'HAS_ACCOUNT ISSUED STORED_IN CAN_ACCESS'),
  sections: [
    { count: eachTeam, write: writePackage },
    { count: eachHuman, write: writeAccount },
  ],
};
