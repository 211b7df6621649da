import { SECRET } from '../../graph/kind-codes.js';
import type { PersonRadii } from '../../graph/radii/radii.js';
import type { GraphView } from '../../graph/view.js';
import type { Action } from './plan.js';

/** Something that the plan leaves as it is and mentions: a residual entry of the kind NOTED. */
export interface Noted {
  readonly entity: string;
  /** A sentence for people. */
  readonly why: string;
}

/**
 * Secrets that the leaver could have read and is not known to know, and that nothing else rotates (semantics,
 * section 4, `rotateReadable`). In order of id.
 */
export function notedOf(
  view: GraphView,
  radii: Pick<PersonRadii, 'exposure' | 'start'>,
  actions: readonly Action[],
): Noted[] {
  const rotated = new Set(actions.filter(({ kind }) => kind === 'ROTATE_SECRET').map(({ entity }) => entity));
  return radii.exposure.members
    .map(({ entity }) => entity)
    .filter((entity) => view.kindOf(entity) === SECRET && !rotated.has(view.idOf(entity)))
    .sort((a, b) => view.compare(a, b))
    .map((secret) => ({
      entity: view.idOf(secret),
      why: `${view.idOf(radii.start)} could have read it, is not known to, and the policy does not rotate it for that.`,
    }));
}
