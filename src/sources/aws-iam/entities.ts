import type { SnapshotEntity } from '../../model/snapshot.js';
import type { Principal } from './details.js';
import type { GraphDraft } from './graph.js';
import type { Authorisations, Authorised } from './principals.js';
import { trustedProviders, trustedServices } from './trust.js';

/** Adds the users, groups and roles, and the memberships in groups. */
export function addPrincipals({ users, groups, roles }: Authorisations, graph: GraphDraft): void {
  for (const group of groups) graph.addEntity({ kind: 'Group', ...common(group), groupType: 'IAM group' });
  for (const user of users) {
    const memberOf = user.narrowed.map(({ principal }) => principal.name);
    const attributes = { ...attributesOf(user.principal), ...(memberOf.length > 0 ? { memberOf } : {}) };
    graph.addEntity({ kind: 'Account', ...common(user), login: user.principal.name, attributes });
    for (const group of user.groups) graph.relate('MEMBER_OF', user.id, group.id);
  }
  for (const role of roles) {
    const { lastUsedAt } = role.principal;
    const services = trustedServices(role.principal);
    const providers = trustedProviders(role.principal);
    graph.addEntity({
      kind: 'ServiceIdentity',
      ...common(role),
      identityType: 'assumable role',
      ...(lastUsedAt ? { lastUsedAt } : {}),
      attributes: {
        ...attributesOf(role.principal),
        ...(services.length > 0 ? { trustedServices: services } : {}),
        ...(providers.length > 0 ? { trustedProviders: providers } : {}),
      },
    });
  }
}

/** AWS's unique ids stay out: they look like the ids of access keys, and nothing needs them. */
function common({ id, principal }: Authorised): Omit<SnapshotEntity, 'kind'> & { id: string } {
  const { arn, name, createdAt } = principal;
  return {
    id,
    name,
    status: 'ACTIVE',
    externalId: arn,
    ...(createdAt ? { createdAt } : {}),
    attributes: attributesOf(principal),
  };
}

function attributesOf({ account, boundary, tags }: Principal): Record<string, unknown> {
  return {
    account,
    ...(boundary ? { permissionsBoundary: boundary } : {}),
    ...(Object.keys(tags).length > 0 ? { tags } : {}),
  };
}
