import { type Level, READ } from '../../model/levels.js';
import type { EntityNumber, GraphView } from '../view.js';
import { startAt, walk } from '../walk/walk.js';
import { HIGHEST } from '../walk/walk-rules.js';
import { membersOf } from './exposure.js';

/** The size of one human's exposure. */
export interface ExposureSummary {
  readonly human: EntityNumber;
  /** Number of entities in the exposure. */
  readonly exposed: number;
  /** The highest permission on any resource in it; 0: none. */
  readonly highestPermission: Level;
}

const HAS_PERMISSION_LEVELS = HIGHEST.map((level) => level === 3);

/** The exposure of each human in numbers, one human at a time, so that the caller can give way in between. */
export function* exposureSummaries(
  view: GraphView,
  humans: Iterable<EntityNumber>,
): Generator<ExposureSummary> {
  for (const human of humans) {
    const members = membersOf(view, walk(view, startAt(view, human)));
    let highestPermission: Level = 0;
    for (const { entity, level } of members) {
      if (level > highestPermission && level >= READ && HAS_PERMISSION_LEVELS[view.kindOf(entity)]) {
        highestPermission = level;
      }
    }
    yield { human, exposed: members.length, highestPermission };
  }
}

/** Orders by the most exposed entities, then by the highest permission, then by id. */
export function byExposure(view: GraphView): (a: ExposureSummary, b: ExposureSummary) => number {
  return (a, b) =>
    b.exposed - a.exposed || b.highestPermission - a.highestPermission || view.compare(a.human, b.human);
}
