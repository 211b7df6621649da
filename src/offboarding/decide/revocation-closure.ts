import { ofTypes, stepsInto, stepsOut } from '../../graph/collect-steps.js';
import { ACCOUNT, APP, GRANT, SERVICE_IDENTITY, TOKEN } from '../../graph/kind-codes.js';
import { PathTree } from '../../graph/radii/path-tree.js';
import { CONSENT, CONSENT_TARGET, DELEGATION, ISSUANCE } from '../../graph/relationship-types.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';

/** Everything that ends when an entity is revoked, and the path to each. */
export interface RevocationClosure {
  readonly target: EntityNumber;
  /** The target and everything that ends with it, whatever its status; parents before what is derived from them. */
  readonly members: ReadonlySet<EntityNumber>;
  readonly paths: PathTree;
}

const passesOn: ReadonlyMap<number, (code: number, other: EntityNumber) => boolean> = new Map([
  [TOKEN, ofTypes(DELEGATION)],
  [GRANT, ofTypes(ISSUANCE)],
  [ACCOUNT, ofTypes(CONSENT, ISSUANCE)],
  [SERVICE_IDENTITY, ofTypes(CONSENT, ISSUANCE)],
  [APP, ofTypes(ISSUANCE)],
]);
const isConsentTarget = ofTypes(CONSENT_TARGET);

/**
 * Everything that ends when an entity is revoked (semantics, section 5, one thing at a time). Dead entities are passed
 * through, and cycles end. The closure of a Job, Resource, Group or Human is the entity alone.
 */
export function revocationClosure(view: GraphView, target: EntityNumber): RevocationClosure {
  const paths = new PathTree(target);
  const members = new Set([target]);
  for (const entity of members) {
    const accept = passesOn.get(view.kindOf(entity));
    if (accept === undefined) continue;
    for (const step of outgoing(view, entity, accept)) {
      paths.add(step);
      members.add(step.to);
    }
    if (view.kindOf(entity) === TOKEN) addFamily(view, entity, paths, members);
  }
  return { target, members, paths };
}

function outgoing(
  view: GraphView,
  entity: EntityNumber,
  accept: (code: number, other: EntityNumber) => boolean,
) {
  const steps = stepsOut(view, entity, accept);
  return view.kindOf(entity) === APP ? [...steps, ...stepsInto(view, entity, isConsentTarget)] : steps;
}

function addFamily(view: GraphView, token: EntityNumber, paths: PathTree, members: Set<EntityNumber>): void {
  const family = view.familyOf(token);
  if (family === 0) return;
  view.eachOfFamily(family, (mate) => {
    paths.addMate(mate, token);
    members.add(mate);
  });
}
