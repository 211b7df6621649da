import { ENTITY_FLAGS } from '../../model/rows.js';
import type { ReachSet, RotateReadable, Step } from '../answers.js';
import { ofTypes, stepsOut, where } from '../collect-steps.js';
import { SECRET } from '../kind-codes.js';
import { KEEPING, KNOWLEDGE, OWNERSHIP } from '../relationship-types.js';
import type { EntityNumber, GraphView } from '../view.js';
import type { Person } from './person.js';
import type { RotationUnit, RotationUnits } from './rotation-units.js';
import { secretsThatReachSensitive } from './sensitivity.js';

/** A rotation unit that a person knows, the member by which the person knows it, and the steps that lead there. */
export interface KnownUnit {
  readonly unit: RotationUnit;
  readonly secret: EntityNumber;
  /**
   * The steps from the person's human or account: along KNOWS, along a personal resource, or those of the exposure.
   * They are computed when they are asked for: a person can read far more secrets than anybody looks at.
   */
  readonly steps: () => readonly Step[];
}

const knows = ofTypes(KNOWLEDGE);
const owns = ofTypes(OWNERSHIP);
const keeps = ofTypes(KEEPING);

/** The units that a person knows (semantics, section 3, cut; `rotateReadable`: section 4). */
export function knownUnits(
  view: GraphView,
  units: RotationUnits,
  person: Person,
  exposure: ReachSet,
  rotateReadable: RotateReadable,
): KnownUnit[] {
  const found = new Map<RotationUnit, KnownUnit>();
  const add = (secret: EntityNumber, steps: () => readonly Step[]) => {
    const unit = units.of(secret);
    if (!found.has(unit)) found.set(unit, { unit, secret, steps });
  };
  for (const who of knowers(person)) {
    for (const step of stepsOut(
      view,
      who,
      where(knows, (to) => view.kindOf(to) === SECRET),
    )) {
      add(step.to, () => [step]);
    }
    for (const owning of stepsOut(
      view,
      who,
      where(owns, (to) => isPersonal(view, to)),
    )) {
      for (const keeping of stepsOut(view, owning.to, keeps)) add(keeping.to, () => [owning, keeping]);
    }
  }
  for (const secret of readable(view, units, found, exposure, rotateReadable))
    add(secret, () => exposure.pathTo(secret));
  return [...found.values()];
}

/** The humans and the accounts of a person: what one of them knows, the person knows. */
export function knowers(person: Person): readonly EntityNumber[] {
  return [...person.humans, ...person.accounts];
}

/** Whether a resource is one person's own: what it keeps, that person knows. */
export function isPersonal(view: GraphView, resource: EntityNumber): boolean {
  return (view.flagsOf(resource) & ENTITY_FLAGS.personal) !== 0;
}

/** The secrets that the person could have read and that count as known by the policy alone. */
function readable(
  view: GraphView,
  units: RotationUnits,
  known: ReadonlyMap<RotationUnit, KnownUnit>,
  exposure: ReachSet,
  rotateReadable: RotateReadable,
): readonly EntityNumber[] {
  if (rotateReadable === 'never') return [];
  const secrets = exposure.members
    .map((member) => member.entity)
    .filter((entity) => view.kindOf(entity) === SECRET && !known.has(units.of(entity)));
  return rotateReadable === 'always' ? secrets : secretsThatReachSensitive(view, secrets);
}
