import { ADMIN } from '../../model/levels.js';
import { codePermission } from '../../model/rows.js';
import { ofTypes } from '../collect-steps.js';
import { RESOURCE } from '../kind-codes.js';
import { ACCESS, CONTAINMENT, OWNERSHIP } from '../relationship-types.js';
import type { EntityNumber, GraphView } from '../view.js';

const isAccess = ofTypes(ACCESS);
const isOwnership = ofTypes(OWNERSHIP);
const isContainment = ofTypes(CONTAINMENT);

/** Whether a relationship gives the permission ADMIN on a Resource. */
export const isAdministration = Object.assign(
  (code: number, other: EntityNumber): boolean => isAccess(code, other) && codePermission(code) === ADMIN,
  { wanted: isAccess.wanted },
);

/** Whether an entity is a Resource without an owner: for one, its administrators answer (semantics, section 3, orphans). */
export function isLeftToAdministrators(view: GraphView, entity: EntityNumber): boolean {
  if (view.kindOf(entity) !== RESOURCE) return false;
  let owned = false;
  view.eachIn(
    entity,
    (owner, code) => {
      owned = isOwnership(code, owner);
      return owned;
    },
    isOwnership.wanted,
  );
  return !owned;
}

/**
 * Tells whether an administrator of a Resource answers: one of the Resource itself, or of a Resource that contains it at
 * any depth. What was found is remembered, so that all resources of an organisation together cost one look at each.
 */
export class Administrators {
  private readonly known = new Map<EntityNumber, boolean>();

  /** @param answers whether a principal answers */
  constructor(
    private readonly view: GraphView,
    private readonly answers: (principal: EntityNumber) => boolean,
  ) {}

  answerFor(resource: EntityNumber): boolean {
    if (this.view.kindOf(resource) !== RESOURCE) return false;
    // From where each container was reached, so that an answer is remembered all the way down.
    const below = new Map<EntityNumber, EntityNumber>([[resource, 0]]);
    for (const at of below.keys()) {
      if (this.known.get(at) ?? this.hasAnswering(at)) {
        for (let under = at; under !== 0; under = below.get(under)!) this.known.set(under, true);
        return true;
      }
      if (this.known.has(at)) continue;
      this.view.eachIn(
        at,
        (container, code) => {
          if (isContainment(code, container) && !below.has(container)) below.set(container, at);
        },
        isContainment.wanted,
      );
    }
    for (const at of below.keys()) this.known.set(at, false);
    return false;
  }

  private hasAnswering(resource: EntityNumber): boolean {
    let found = false;
    this.view.eachIn(
      resource,
      (principal, code) => {
        found = isAdministration(code, principal) && this.answers(principal);
        return found;
      },
      isAdministration.wanted,
    );
    return found;
  }
}
