import type { Step } from '../../graph/answers.js';
import { stepsOut } from '../../graph/collect-steps.js';
import { TOKEN } from '../../graph/kind-codes.js';
import { passesStopping } from '../../graph/radii/holdings.js';
import { PathTree } from '../../graph/radii/path-tree.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';

/** The credentials that are derived from some grants, tokens or accounts, and the path to each. */
export interface DerivedCredentials {
  /** The origins and everything derived from them. */
  readonly members: ReadonlySet<EntityNumber>;
  pathTo(entity: EntityNumber): readonly Step[];
}

/**
 * Everything derived from some origins: granted by, issued by or delegated from them, or of the same family of tokens,
 * whatever the status of the entities between (semantics, section 5, I7).
 *
 * @param but entities for which this holds are left out, with what is derived only through them
 */
export function derivedCredentials(
  view: GraphView,
  origins: Iterable<EntityNumber>,
  but: (entity: EntityNumber) => boolean = () => false,
): DerivedCredentials {
  const members = new Set(origins);
  const paths = new Map<EntityNumber, PathTree>();
  for (const entity of members) {
    const way = paths.get(entity) ?? new PathTree(entity);
    paths.set(entity, way);
    const enter = (to: EntityNumber, note: () => unknown) => {
      if (members.has(to) || but(to)) return;
      note();
      members.add(to);
      paths.set(to, way);
    };
    for (const step of stepsOut(view, entity, passesStopping)) enter(step.to, () => way.add(step));
    const family = view.kindOf(entity) === TOKEN ? view.familyOf(entity) : 0;
    if (family !== 0) view.eachOfFamily(family, (mate) => enter(mate, () => way.addMate(mate, entity)));
  }
  return { members, pathTo: (entity) => paths.get(entity)?.pathTo(entity) ?? [] };
}
