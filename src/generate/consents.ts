import type { Company } from './company.js';
import { consentCount } from './holdings.js';
import { accountId, grantId, refreshTokenId, SOURCE, type System } from './ids.js';
import type { Lines } from './lines.js';
import { SALT } from './people.js';
import { type Random, stream } from './random.js';
import { ADJECTIVES, NOUNS, PUBLISHERS } from './words.js';

/** The catalogue of apps that people consent to in a system, and their consents. */

const APP = stream('app');
const CONSENT = stream('consent');

const SCOPES = ['profile', 'mail.read', 'mail.send', 'files.read', 'files.write', 'calendar', 'contacts'];
const APPROVALS = ['APPROVED', 'APPROVED', 'UNKNOWN', 'UNKNOWN', 'UNAPPROVED'];
const CRITICALITIES = ['LOW', 'LOW', 'MEDIUM', 'MEDIUM', 'HIGH', 'CRITICAL', 'UNKNOWN'];

/** The id of the app with a rank in the catalogue of a system. */
export const appId = (system: System, rank: number) => `${SOURCE[system]}/app/${rank}`;

/** How many apps a system knows. It grows with the square root of the company, because people use the same apps. */
export function appCount(company: Company): number {
  return 12 + Math.floor(2 * Math.sqrt(company.humans));
}

/** A random approval, in realistic proportions. */
export function approval(random: Random): string {
  return random.pick(APPROVALS);
}

/** A random criticality, in realistic proportions. */
export function criticality(random: Random): string {
  return random.pick(CRITICALITIES);
}

/** Writes an app of the catalogue. Rank 0 is the most popular app, which is never suspended or retired. */
export function writeApp(company: Company, system: System, rank: number, lines: Lines): Random {
  const random = company.seed.random(APP ^ SALT[system], rank);
  const publisher = random.pick(PUBLISHERS);
  const ended = rank > 0 && random.chance(4) ? random.pick(['SUSPENDED', 'RETIRED']) : 'ACTIVE';
  lines.entity('App', appId(system, rank), `${publisher} ${random.pick(NOUNS)} ${rank}`, {
    status: ended,
    clientId: `${system}-client-${rank}`,
    publisher,
    approval: approval(random),
    criticality: criticality(random),
    createdAt: company.before(random, 2000),
  });
  return random;
}

/**
 * Writes the consents of one person (mapping: "OAuth consent of one user"): the grants, the refresh tokens that they
 * issued, and the access that they give to `resource`.
 */
export function writeConsents(
  company: Company,
  system: System,
  human: number,
  resource: string,
  lines: Lines,
): void {
  const wanted = consentCount(company, system, human);
  if (wanted === 0) return;
  const random = company.seed.random(CONSENT ^ SALT[system], human);
  for (let nth = 0; nth < wanted; nth += 1) {
    const grant = grantId(system, human, nth);
    // Ranks are drawn one by one: a person may have consented to a popular app twice, as in real companies.
    const app = appId(system, random.rank(appCount(company), 2));
    const scopes = [random.pick(SCOPES), `${random.pick(ADJECTIVES)}.read`];
    lines.entity('Grant', grant, `consent ${human}.${nth}`, {
      status: random.chance(3) ? 'REVOKED' : 'ACTIVE',
      scopes,
      grantType: 'DELEGATED',
      consentType: 'PRINCIPAL',
      createdAt: company.before(random, 900),
    });
    lines.relate('GRANTED', accountId(system, human), grant);
    lines.relate('TO_APP', grant, app);
    // The other half of the apps only asked for the profile, to sign people in.
    if (random.chance(50)) {
      lines.relate('CAN_ACCESS', grant, resource, { permission: random.chance(30) ? 'WRITE' : 'READ' });
    }
    writeFamily(company, system, human, nth, random, scopes, lines);
  }
}

/** Writes a refresh token and, for one in eight, the access token that it was last exchanged for: one family. */
function writeFamily(
  company: Company,
  system: System,
  human: number,
  nth: number,
  random: Random,
  scopes: readonly string[],
  lines: Lines,
): void {
  const refresh = refreshTokenId(system, human, nth);
  const family = `${human}.${nth}`;
  lines.entity('Token', refresh, `refresh token ${family}`, {
    status: random.chance(4) ? 'REVOKED' : 'ACTIVE',
    tokenType: 'REFRESH',
    family,
    scopes,
    ...(random.chance(50) ? { expiresAt: company.expiry(random, 180) } : {}),
    ...(random.chance(60) ? { lastUsedAt: company.before(random, 120) } : {}),
  });
  lines.relate('ISSUED', grantId(system, human, nth), refresh);
  if (!random.chance(12)) return;
  const access = `${SOURCE[system]}/access/${family}`;
  lines.entity('Token', access, `access token ${family}`, {
    tokenType: 'ACCESS',
    family,
    scopes,
    expiresAt: company.expiry(random, 1),
    selfContained: random.chance(20),
  });
  lines.relate('DELEGATED_TO', refresh, access);
}
