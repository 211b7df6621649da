import type { ReachSet } from '../../graph/answers.js';
import type { GraphView } from '../../graph/view.js';
import { KINDS, type Kind } from '../../model/kinds.js';
import { hasPermission, type Level, type Permission, permissionOf } from '../../model/levels.js';
import { SENSITIVITIES, type Sensitivity } from '../../model/properties.js';
import { sensitivityOf } from './flags.js';

/** An exposure in numbers: only what it has. */
export interface Totals {
  /** In the order of the kinds. */
  readonly byKind: ReadonlyMap<Kind, number>;
  /** Resources, the most sensitive first; null: unknown. */
  readonly bySensitivity: ReadonlyMap<Sensitivity | null, number>;
  /** The most that can be done with any resource; null where none is reached. */
  readonly highestPermission: Permission | null;
}

const RATINGS: readonly (Sensitivity | null)[] = [...[...SENSITIVITIES].reverse(), null];

export function totalsOf(view: GraphView, exposure: ReachSet): Totals {
  const kinds = new Map<Kind, number>();
  const ratings = new Map<Sensitivity | null, number>();
  let highest: Level = 0;
  for (const { entity, level } of exposure.members) {
    const kind = KINDS[view.kindOf(entity)] as Kind;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    if (!hasPermission(kind)) continue;
    const rating = sensitivityOf(view, entity) ?? null;
    ratings.set(rating, (ratings.get(rating) ?? 0) + 1);
    if (level > highest) highest = level;
  }
  return {
    byKind: inOrder(KINDS, kinds),
    bySensitivity: inOrder(RATINGS, ratings),
    highestPermission: highest === 0 ? null : permissionOf(highest),
  };
}

function inOrder<K>(order: readonly K[], counts: ReadonlyMap<K, number>): Map<K, number> {
  return new Map(order.flatMap((key) => (counts.has(key) ? [[key, counts.get(key) as number]] : [])));
}
