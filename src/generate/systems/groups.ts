import { type Company, MAX_TEAM_DEPTH } from '../company.js';
import { SOURCE, siteId, teamGroupId } from '../ids.js';
import type { Lines } from '../lines.js';
import { stream } from '../random.js';
import { ADJECTIVES, NOUNS } from '../words.js';

const GROUP = stream('group');
const PARENT = stream('group parent');

/** How many groups there are that people join by interest or role, besides the groups of teams. */
export function groupCount(company: Company): number {
  return 8 + Math.floor(company.humans / 10);
}

/** A group by its popularity: rank 0 has the most members. */
export const groupId = (rank: number) => `${SOURCE.directory}/group/${rank}`;

/** The group that a group may be a member of; seven in ten have one. It is always a more popular one: no circles. */
function candidateOf(company: Company, rank: number): number | undefined {
  if (rank === 0 || company.seed.below(PARENT, rank, 10) < 3) return undefined;
  return company.seed.below(PARENT ^ 1, rank, rank);
}

/**
 * The group that a group is a member of. The depth of a random tree grows with the logarithm of its size, so the chain
 * of candidates is cut where it would become deeper than that of teams.
 */
function parentOf(company: Company, rank: number): number | undefined {
  const chain: number[] = [];
  for (let at: number | undefined = rank; at !== undefined; at = candidateOf(company, at)) chain.push(at);
  const depth = (chain.length - 1) % (MAX_TEAM_DEPTH + 1);
  return depth === 0 ? undefined : chain[1];
}

/** A group; every third is a role with access to an environment of an app (mapping: "Role or app assignment"). */
export function writeGroup(company: Company, rank: number, lines: Lines): void {
  const random = company.seed.random(GROUP, rank);
  const name = `${random.pick(ADJECTIVES)} ${random.pick(NOUNS)} ${rank}`;
  const isRole = rank % 3 === 0;
  lines.entity('Group', groupId(rank), name, {
    status: rank > 0 && random.chance(2) ? 'RETIRED' : 'ACTIVE',
    groupType: isRole ? 'role' : 'security',
  });
  const parent = parentOf(company, rank);
  if (parent !== undefined) lines.relate('MEMBER_OF', groupId(rank), groupId(parent));
  if (rank % 9 === 1) lines.relate('OWNS', teamGroupId(random.below(company.teams)), groupId(rank));
  if (!isRole) {
    // The largest groups must not give access to what belongs to one team: they get the site of the team at the top.
    const team = rank < 8 ? 0 : random.below(company.teams);
    lines.relate('CAN_ACCESS', groupId(rank), siteId(team), { permission: 'READ' });
    return;
  }
  const environment = `${SOURCE.directory}/environment/${rank}`;
  lines.entity('Resource', environment, `Environment of ${name}`, {
    resourceType: 'environment',
    sensitivity: random.pick(['LOW', 'MEDIUM', 'MEDIUM', 'HIGH', 'CRITICAL']),
  });
  lines.relate('CAN_ACCESS', groupId(rank), environment, {
    permission: random.pick(['READ', 'READ', 'WRITE']),
    evidence: 'app assignment',
  });
}
