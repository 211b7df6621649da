import type { EntityNumber } from '../../graph/view.js';
import type { Subject } from '../policy/policy.js';
import type { Facts } from './context.js';

/** What the policy looks at of an entity, besides whether it stands on the leaver. */
export function subjectOf(facts: Facts, entity: EntityNumber): Omit<Subject, 'standsOnLeaver'> {
  const { properties, lastUsedAt } = facts.recordOf(entity);
  const lastRunAt = typeof properties.lastRunAt === 'number' ? properties.lastRunAt : null;
  const known = [lastUsedAt, lastRunAt].filter((time) => time !== null);
  return {
    approval: (properties.approval ?? 'UNKNOWN') as Subject['approval'],
    criticality: (properties.criticality ?? 'UNKNOWN') as Subject['criticality'],
    lastActiveAt: known.length === 0 ? null : Math.max(...known),
  };
}
