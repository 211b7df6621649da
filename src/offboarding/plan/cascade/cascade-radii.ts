import { SECRET } from '../../../graph/kind-codes.js';
import { type Breakage, breakageOf } from '../../../graph/radii/continuity.js';
import { cutOf } from '../../../graph/radii/cut.js';
import { PathTree, PathTreeSet } from '../../../graph/radii/path-tree.js';
import type { PersonRadii } from '../../../graph/radii/radii.js';
import { RotationUnits } from '../../../graph/radii/rotation-units.js';
import type { EntityNumber, GraphView } from '../../../graph/view.js';

/**
 * What the phases read, where nobody leaves: nothing is held, and the cut of a secret is what everybody learns who
 * learns its unit. All of it is somebody else's, so that what is needed of it is reissued.
 */
export function cascadeRadii(view: GraphView, thing: EntityNumber): PersonRadii {
  const person = { starts: [thing], humans: [], accounts: [], logins: [], standsFor: 0 };
  const units = new RotationUnits(view);
  const holdings = { members: new Set<EntityNumber>(), paths: new PathTree(thing) };
  const nothing = new PathTreeSet(view, [], holdings.paths);
  const isSecret = view.kindOf(thing) === SECRET;
  const known = isSecret ? [{ unit: units.of(thing), secret: thing, steps: () => [] }] : [];
  const cut = cutOf(view, person, holdings, known);
  let breakage: Breakage | undefined;
  return {
    start: thing,
    person,
    units,
    holdings,
    cut,
    exposure: nothing,
    continuity: nothing,
    orphans: nothing,
    conflicts: [],
    get cutBreakage() {
      breakage ??= breakageOf(view, units, cut.ending);
      return breakage;
    },
  };
}
