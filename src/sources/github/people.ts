import { textAt } from '../json-values.js';
import type { Answer } from './answers.js';
import type { Converting } from './converting.js';
import { permissionNamed, permissionOf } from './reach.js';

/** Adds members, owners, outside collaborators and teams. */
export function addPeople(to: Converting): void {
  const { draft, ids, reach } = to;
  draft.add({
    kind: 'Resource',
    id: ids.whole,
    name: `GitHub organisation ${ids.organisation}`,
    status: 'ACTIVE',
    resourceType: 'organisation',
    url: `https://github.com/${ids.organisation}`,
  });
  draft.add({
    kind: 'Group',
    id: ids.members,
    name: `Members of ${ids.organisation}`,
    status: 'ACTIVE',
    groupType: 'organisation members',
  });
  for (const answer of to.answers('members')) addMembers(answer, to);
  for (const answer of to.answers('outsiders')) {
    for (const item of answer.items) addUser(textAt(item, 'login'), answer, to);
  }
  for (const { items } of to.answers('organisation')) {
    const base = permissionNamed(textAt(items[0], 'default_repository_permission'));
    if (base) reach.grant(ids.members, ids.whole, base, 'base permission of members');
  }
  addTeams(to);
}

function addMembers(answer: Answer, to: Converting): void {
  const areOwners = /(^|&)role=admin(&|$)/.test(answer.query);
  for (const item of answer.items) {
    const user = addUser(textAt(item, 'login'), answer, to);
    if (user === undefined) continue;
    to.reach.join(user, to.ids.members);
    if (areOwners) to.reach.grant(user, to.ids.whole, 'ADMIN', 'owner of the organisation');
  }
}

/** Adds the account of a login that a list names; a list with a nameless one (a deleted user) says nothing of it. */
export function addUser(login: string | undefined, answer: Answer, to: Converting): string | undefined {
  if (login === undefined) {
    to.problems.add(answer.file, 'login', 'NO_ID', 'has somebody without a login.');
    return undefined;
  }
  const id = to.ids.user(login);
  const email = to.people.get(login.toLowerCase());
  const isNew = to.draft.add({
    kind: 'Account',
    id,
    name: login,
    login,
    status: 'ACTIVE',
    managed: to.managed,
    url: `https://github.com/${login}`,
  });
  if (isNew && email) to.draft.relate('HAS_ACCOUNT', { humanEmail: email }, id);
  return id;
}

function addTeams(to: Converting): void {
  const { draft, ids, reach } = to;
  for (const answer of to.answers('teams')) addTeamList(answer, to);
  for (const answer of to.answers('teamMembers')) {
    const team = addTeam(answer.parts.team as string, answer.parts.team as string, to);
    for (const item of answer.items) {
      const user = addUser(textAt(item, 'login'), answer, to);
      if (user) reach.join(user, team);
    }
  }
  for (const { items, parts } of to.answers('teamRepositories')) {
    const team = addTeam(parts.team as string, parts.team as string, to);
    for (const item of items) {
      const name = textAt(item, 'name');
      if (name === undefined) continue;
      const { permission, role } = permissionOf(item);
      reach.grant(team, to.repository(name), permission, `role ${role}`);
    }
  }
  if (to.answers('teams').length === 0) {
    draft.cannotRead(['Group', 'MEMBER_OF'], `Not given: teams (orgs/${ids.organisation}/teams).`);
  }
}

function addTeamList({ items, file }: Answer, to: Converting): void {
  for (const item of items) {
    const slug = textAt(item, 'slug');
    if (slug === undefined) {
      to.problems.add(file, 'slug', 'NO_ID', 'has a team without a slug.');
      continue;
    }
    addTeam(slug, textAt(item, 'name') ?? slug, to);
    const parent = textAt(item, 'parent', 'slug');
    if (parent === undefined) continue;
    // Whoever is in a child team has what its parent has.
    addTeam(parent, textAt(item, 'parent', 'name') ?? parent, to);
    to.reach.join(to.ids.team(slug), to.ids.team(parent));
  }
}

function addTeam(slug: string, name: string, { draft, ids }: Converting): string {
  const id = ids.team(slug);
  draft.add({
    kind: 'Group',
    id,
    name,
    status: 'ACTIVE',
    groupType: 'team',
    url: `https://github.com/orgs/${ids.organisation}/teams/${slug}`,
  });
  return id;
}
