import type { Company } from '../company.js';
import { hasSharedAccount, vaultSecretCount } from '../holdings.js';
import {
  adminRoleId,
  breakGlassAccountId,
  codeGroupId,
  humanId,
  platformGroupId,
  SOURCE,
  sharedAccountId,
  teamGroupId,
  vaultSecretId,
} from '../ids.js';
import type { Lines } from '../lines.js';
import { emailOf } from '../people.js';
import { type Random, stream } from '../random.js';
import { eachDivision, eachTeam, reporting, type SystemDescription } from '../system.js';

const DIVISION = stream('vault division');
const TEAM = stream('vault team');

const rootTokenId = (division: number) => `${SOURCE.vault}/root/${division}`;

/** The root token of a division, from which all others are issued, and the break-glass credentials. */
function writeDivision(company: Company, division: number, lines: Lines): void {
  const random = company.seed.random(DIVISION, division);
  const robot = `${SOURCE.vault}/operator/${division}`;
  const root = rootTokenId(division);
  const secret = `${SOURCE.vault}/break-glass/${division}`;
  lines.entity('ServiceIdentity', robot, `vault operator ${division}`, {
    identityType: 'service account',
    managed: true,
  });
  lines.relate('OWNS', platformGroupId(division), robot);
  lines.entity('Token', root, `root token ${division}`, { tokenType: 'ACCESS' });
  lines.relate('ISSUED', robot, root);
  lines.entity('Secret', secret, `break glass ${division}`, {
    store: 'vault',
    path: `break-glass/${division}`,
    rotatedAt: company.before(random, 400),
  });
  lines.relate('CREDENTIAL_OF', secret, breakGlassAccountId(division));
  lines.relate('CREDENTIAL_OF', secret, adminRoleId(division));
  lines.relate('CAN_READ', platformGroupId(division), secret);
}

/** A team's secrets, the people who read them, and the tokens with which its services read them. */
function writeTeam(company: Company, team: number, lines: Lines): void {
  const count = vaultSecretCount(company, team);
  if (count === 0) return;
  const random = company.seed.random(TEAM, team);
  for (let nth = 0; nth < count; nth += 1) {
    const secret = vaultSecretId(team, nth);
    lines.entity('Secret', secret, `secret ${team}.${nth}`, {
      status: nth > 0 && random.chance(5) ? 'ROTATION_REQUIRED' : 'ACTIVE',
      store: 'vault',
      path: `team-${team}/${nth}`,
      version: String(1 + random.below(30)),
      rotatedAt: company.before(random, 900),
    });
    lines.relate('CAN_READ', company.builds(team) ? codeGroupId(team) : teamGroupId(team), secret);
    if (random.chance(50)) writeReader(company, team, secret, random, lines);
  }
  if (hasSharedAccount(company, team)) {
    lines.relate('CREDENTIAL_OF', vaultSecretId(team, 0), sharedAccountId(team));
    return;
  }
  lines.relate('OWNS', humanId(company.peopleOf(team).lead), vaultSecretId(team, 0), { access: false });
  writeTokens(company, team, count, random, lines);
}

/** A person of the team who has read the value (mapping: KNOWS READ). */
function writeReader(company: Company, team: number, secret: string, random: Random, lines: Lines): void {
  const reader = company.somebodyOf(team, random);
  lines.relate('KNOWS', { humanEmail: emailOf(company, reader) }, secret, {
    how: 'READ',
    lastReadAt: company.before(random, 500),
  });
}

/** The chain root token, team token, lease (mapping: "Vault token and lease"); leases are short. */
function writeTokens(company: Company, team: number, secrets: number, random: Random, lines: Lines): void {
  const parent = `${SOURCE.vault}/token/${team}`;
  lines.entity('Token', parent, `vault token of team ${team}`, {
    tokenType: 'ACCESS',
    expiresAt: company.expiry(random, 90),
  });
  lines.relate('DELEGATED_TO', rootTokenId(company.division(team)), parent);
  for (let nth = 0; nth < secrets; nth += 1) lines.relate('CAN_READ', parent, vaultSecretId(team, nth));
  const leases = random.rank(8);
  for (let nth = 0; nth < leases; nth += 1) {
    const lease = `${parent}/lease/${nth}`;
    lines.entity('Token', lease, `lease ${team}.${nth}`, {
      status: random.chance(10) ? 'REVOKED' : 'ACTIVE',
      tokenType: 'ACCESS',
      expiresAt: company.expiry(random, 3),
    });
    lines.relate('DELEGATED_TO', parent, lease);
    lines.relate('CAN_READ', lease, vaultSecretId(team, nth % secrets));
  }
}

/** The vault: secrets, the people who have read them, and the tokens that can read them. */
export const vault: SystemDescription = {
  system: 'vault',
  vendor: 'vault',
  name: 'Vault',
  reports: reporting('ServiceIdentity Token Secret', 'OWNS ISSUED DELEGATED_TO CREDENTIAL_OF KNOWS CAN_READ'),
  sections: [
    { count: eachDivision, write: writeDivision },
    { count: eachTeam, write: writeTeam },
  ],
};
