import { timeOf } from '../directory-account.js';
import { textAt } from '../json-values.js';
import type { Converting } from './converting.js';
import { addUser } from './people.js';
import { permissionOf } from './reach.js';

/** Adds the repositories of the organisation's list, which comes first: other lists say less of them. */
export function listRepositories(to: Converting): void {
  for (const { items } of to.answers('repositories')) {
    for (const item of items) {
      const name = textAt(item, 'name');
      if (name === undefined) continue;
      const visibility = textAt(item, 'visibility') ?? (item.private === true ? 'private' : undefined);
      to.repository(name, { visibility, archived: item.archived === true || undefined });
    }
  }
}

/** Adds who may access each repository by themselves, and deploy keys. */
export function addRepositories(to: Converting): void {
  for (const answer of to.answers('collaborators')) {
    const repository = to.repository(answer.parts.repo as string);
    for (const item of answer.items) {
      const user = addUser(textAt(item, 'login'), answer, to);
      if (!user) continue;
      const { permission, role } = permissionOf(item);
      to.reach.grant(user, repository, permission, `role ${role}`);
    }
  }
  addDeployKeys(to);
}

/** Mapping: "Deploy key". The public key itself is left out. */
function addDeployKeys(to: Converting): void {
  const { draft, ids, problems } = to;
  for (const answer of to.answers('deployKeys')) {
    const name = answer.parts.repo as string;
    const repository = to.repository(name);
    for (const item of answer.items) {
      const number = textAt(item, 'id');
      if (number === undefined) continue;
      const id = ids.deployKey(name, number);
      const readOnly = item.read_only === true;
      draft.add({
        kind: 'Token',
        id,
        name: `deploy key ${textAt(item, 'title') ?? number} of ${name}`,
        tokenType: 'DEPLOY_KEY',
        status: item.enabled === false ? 'REVOKED' : 'ACTIVE',
        externalId: number,
        createdAt: timeOf(textAt(item, 'created_at'), answer.file, 'created_at', problems),
        lastUsedAt: timeOf(textAt(item, 'last_used'), answer.file, 'last_used', problems),
        url: `https://github.com/${ids.organisation}/${name}/settings/keys`,
      });
      draft.relate('CAN_ACCESS', id, repository, { permission: readOnly ? 'READ' : 'WRITE' });
      const by = textAt(item, 'added_by');
      if (by === undefined) continue;
      const user = addUser(by, answer, to) as string;
      draft.relate('CREATED', user, id);
      draft.relate('KNOWS', user, id, { how: 'MINTED' });
    }
  }
}
