import { sensitivityOf } from '../../api/reach/flags.js';
import type { ReachSet } from '../../graph/answers.js';
import type { GraphView } from '../../graph/view.js';
import { KINDS } from '../../model/kinds.js';
import { hasPermission, permissionOf } from '../../model/levels.js';
import { SENSITIVITIES } from '../../model/properties.js';

/** An exposure in numbers, in words: only what it has. */
export interface ExposureCounts {
  readonly highestPermission: string | undefined;
  /** `CRITICAL 3`, the most sensitive first. */
  readonly bySensitivity: readonly string[];
  /** `Token 9`, in the order of the kinds. */
  readonly byKind: readonly string[];
}

const NOT_RATED = 'not rated';

export function countExposure(view: GraphView, exposure: ReachSet): ExposureCounts {
  const counts = new Map<string, number>();
  const add = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  let highest = 0;
  for (const { entity, level } of exposure.members) {
    const kind = KINDS[view.kindOf(entity)];
    if (kind === undefined) continue;
    add(kind);
    if (!hasPermission(kind)) continue;
    add(sensitivityOf(view, entity) ?? NOT_RATED);
    highest = Math.max(highest, level);
  }
  const listed = (names: readonly string[]) =>
    names.filter((name) => counts.has(name)).map((name) => `${name} ${counts.get(name)}`);
  return {
    highestPermission: highest === 0 ? undefined : permissionOf(highest as 1 | 2 | 3),
    bySensitivity: listed([...[...SENSITIVITIES].reverse(), NOT_RATED]),
    byKind: listed(KINDS),
  };
}
