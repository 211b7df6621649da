import type { Criticality, EntityKind, Sensitivity } from '../../documents/generated/graphql.js';
import type { Conflict, Reach, Shown } from './shapes.js';

/** Kinds that give access to the person who has them. */
const CREDENTIALS: readonly EntityKind[] = ['TOKEN', 'SECRET'];

/** What is rated, the higher the worse; what is not rated is below. */
const SENSITIVITIES: readonly Sensitivity[] = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
const CRITICALITIES: readonly Criticality[] = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'];
const PERMISSIONS = ['READ', 'WRITE', 'ADMIN'] as const;

/**
 * An exposure with what is most dangerous first: resources by sensitivity and then by what can be done with
 * them; then what is held (principals with all they were issued, and credentials); then the rest. Ties keep the
 * order of the answer, which is by distance and then by id.
 */
export function byDanger(members: readonly Reach[]): Reach[] {
  return [...members].sort((a, b) => rankOf(b) - rankOf(a));
}

const RESOURCES = 100;
const KEYS = 10;

/** The higher, the more dangerous: one number that compares as the sentence above says. */
function rankOf({ entity, permission, held }: Reach): number {
  if (entity.kind === 'RESOURCE') {
    const level = permission === null ? 0 : PERMISSIONS.indexOf(permission) + 1;
    return RESOURCES + 10 * (sensitivityRank(entity) + 1) + level;
  }
  return CREDENTIALS.includes(entity.kind) || held === true ? KEYS : 0;
}

/** How many of the most dangerous are named before everything else, and always drawn. */
export const WORST = 10;

/** Resources with something to lose: rated HIGH or CRITICAL. */
export function isGrave(entity: Shown): boolean {
  return sensitivityRank(entity) >= SENSITIVITIES.indexOf('HIGH');
}

/** How sensitive a resource is rated; -1: it is not rated. */
export function sensitivityRank({ sensitivity }: Shown): number {
  return sensitivity ? SENSITIVITIES.indexOf(sensitivity) : -1;
}

/**
 * What a company would miss most comes first: by criticality (not rated: after LOW), then by sensitivity; ties keep
 * their order.
 */
export function byWeight(members: readonly Reach[]): Reach[] {
  const weight = ({ entity }: Reach) => 10 * criticalityRank(entity) + sensitivityRank(entity);
  return [...members].sort((a, b) => weight(b) - weight(a));
}

/** Conflicts over what matters most come first; ties keep their order. */
export function byNeed(conflicts: readonly Conflict[]): Conflict[] {
  const need = ({ workloads }: Conflict) => Math.max(0, ...workloads.map(criticalityRank));
  return [...conflicts].sort((a, b) => need(b) - need(a));
}

function criticalityRank({ criticality }: Shown): number {
  return criticality ? CRITICALITIES.indexOf(criticality) + 1 : 0;
}
