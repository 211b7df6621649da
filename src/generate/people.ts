import { type Company, TEAM_SIZE } from './company.js';
import { DOMAIN, SOURCE, type System } from './ids.js';
import { stream } from './random.js';
import { FAMILY_NAMES, GIVEN_NAMES } from './words.js';

// Facts about people on which several systems have to agree.

const STATUS = stream('status');
const MOVE = stream('move');
const TARGET = stream('move target');
const NAME = stream('name');
const LOGIN = stream('login');
const DISABLED = stream('disabled');

/** Of a thousand people: how many have left and are still listed, and how many are about to leave. */
const LEFT_PER_MILLE = 20;
const LEAVING_PER_MILLE = 10;

/** How many of a hundred people have a login, by system: of everybody, and of those in teams that build software. */
const LOGINS: Partial<Record<System, number>> = { directory: 100, workspace: 80, chat: 70 };
const BUILDER_LOGINS: Partial<Record<System, number>> = { code: 100, cloud: 25, registry: 6 };

/** A number for each system that makes its random streams differ from those of others. */
export const SALT = Object.fromEntries(
  Object.keys(SOURCE).map((system) => [system, stream(`system ${system}`)]),
) as Record<System, number>;

/** The status of a human. The first human never leaves: there has to be a successor. */
export function humanStatus(company: Company, human: number): 'ACTIVE' | 'LEAVING' | 'LEFT' {
  if (human === 0) return 'ACTIVE';
  const drawn = company.seed.below(STATUS, human, 1000);
  if (drawn < LEFT_PER_MILLE) return 'LEFT';
  return drawn < LEFT_PER_MILLE + LEAVING_PER_MILLE ? 'LEAVING' : 'ACTIVE';
}

/** The full name of a human. Several people may have the same. */
export function humanName(company: Company, human: number): string {
  const drawn = company.seed.draw(NAME, human);
  const given = GIVEN_NAMES[drawn % GIVEN_NAMES.length] as string;
  return `${given} ${FAMILY_NAMES[(drawn >>> 12) % FAMILY_NAMES.length] as string}`;
}

/** The login name of a person, the same in all systems. The number makes it unique. */
export function loginOf(company: Company, human: number): string {
  return `${humanName(company, human).toLowerCase().replace(' ', '.')}.${human}`;
}

/** The e-mail address of a human, which is unique. */
export function emailOf(company: Company, human: number): string {
  return `${loginOf(company, human)}@${DOMAIN}`;
}

/** The present team of a person. A quarter of those who are not leads moved, mostly to the few large teams. */
export function teamOf(company: Company, human: number): number {
  const team = company.firstTeam(human);
  if (human % TEAM_SIZE === 0 || company.seed.below(MOVE, human, 4) > 0) return team;
  const { first, count } = company.teamsOf(company.division(team));
  return first + company.seed.random(TARGET, human).rank(count);
}

/** The human to whom a person reports; undefined at the top. Managers have lower positions, so there is no cycle. */
export function managerOf(company: Company, human: number): number | undefined {
  const team = teamOf(company, human);
  if (human % TEAM_SIZE !== 0) return team * TEAM_SIZE;
  const parent = company.parentTeam(team);
  return parent === undefined ? undefined : parent * TEAM_SIZE;
}

/** Whether a person has a login in a system. */
export function hasLogin(company: Company, system: System, human: number): boolean {
  const everybody = LOGINS[system] ?? 0;
  const builders = BUILDER_LOGINS[system] ?? 0;
  const drawn = company.seed.below(LOGIN ^ SALT[system], human, 100);
  return drawn < everybody || (drawn < builders && company.builds(company.firstTeam(human)));
}

/** The status of an account: half the accounts of people who left were not disabled; 1 % of the others are. */
export function accountStatus(company: Company, system: System, human: number): 'ACTIVE' | 'DISABLED' {
  const drawn = company.seed.below(DISABLED ^ SALT[system], human, 100);
  const share = humanStatus(company, human) === 'LEFT' ? 50 : 1;
  return drawn < share ? 'DISABLED' : 'ACTIVE';
}
