import type { RotateReadable, Step } from '../../../graph/answers.js';
import { ofTypes, stepsInto, stepsOut } from '../../../graph/collect-steps.js';
import { isWorkload, SECRET, TOKEN } from '../../../graph/kind-codes.js';
import { knownUnits } from '../../../graph/radii/known-units.js';
import type { RotationUnit } from '../../../graph/radii/rotation-units.js';
import { spentIn } from '../../../graph/radii/spent.js';
import type { ReasonStep } from '../../../graph/reason.js';
import { CUSTODY, DEPENDENCY, KNOWLEDGE, USE } from '../../../graph/relationship-types.js';
import type { EntityNumber } from '../../../graph/view.js';
import type { Change } from '../change.js';
import type { PlanContext } from '../context.js';
import type { EndingCredentials } from './revoke.js';
import { isTakenAlong } from './taken-along.js';

const isCustody = ofTypes(CUSTODY);
const isKnowledge = ofTypes(KNOWLEDGE);
const consumes = ofTypes(USE, DEPENDENCY);

/** A unit to be rotated, and the path that is the reason. */
export interface ToRotate {
  readonly unit: RotationUnit;
  readonly because: readonly ReasonStep[];
}

/**
 * What rotation takes out of secrets: the tokens of the cut and of what is retired, dead or alive, and those that a
 * re-homed workload stood on, also where they are spent.
 */
export function takenOut(context: PlanContext, ending: EndingCredentials): EndingCredentials {
  const { view, radii, decisions } = context;
  const out = new Map(ending);
  for (const workload of context.decidedTo('REHOME')) {
    for (const secret of decisions.standing.on(workload)) {
      if (view.kindOf(secret) !== SECRET) continue;
      for (const token of radii.units.of(secret).tokens) {
        if (decisions.standing.held.has(token) && !out.has(token))
          out.set(token, context.whyDecided(workload));
      }
    }
  }
  return out;
}

/** Every unit that the leaver knows, or that stores a token that is taken out. */
export function unitsToRotate(
  context: PlanContext,
  ending: EndingCredentials,
  rotateReadable: RotateReadable,
): ToRotate[] {
  const { view, radii } = context;
  const found = new Map<RotationUnit, readonly ReasonStep[]>();
  for (const known of knownUnits(view, radii.units, radii.person, radii.exposure, rotateReadable)) {
    found.set(known.unit, context.because(fromPerson(context, known.steps())));
  }
  for (const [entity, because] of ending) {
    if (view.kindOf(entity) !== TOKEN) continue;
    for (const { to } of stepsOut(view, entity, isCustody)) {
      const unit = radii.units.of(to);
      if (!found.has(unit)) found.set(unit, because);
    }
  }
  return [...found].map(([unit, because]) => ({ unit, because }));
}

/** A path that begins at an account of the leaver, extended to begin at the leaver. */
function fromPerson({ radii }: PlanContext, steps: readonly Step[]): readonly Step[] {
  const login = radii.person.logins.find(({ to }) => to === steps[0]?.from);
  return login === undefined ? steps : [login, ...steps];
}

/**
 * Phase 5: writes one new version to all members of a unit, which stores what is still needed.
 *
 * @param ending what it stores no longer
 * @param theirs what is not ours to revoke
 */
export function rotate(
  context: PlanContext,
  { unit, because }: ToRotate,
  ending: EndingCredentials,
  theirs: ReadonlySet<EntityNumber> = new Set(),
): void {
  const { view, radii } = context;
  const spent = spentIn(view);
  // What is spent and came of the leaver stops with them. That of others stays where a workload may still read it.
  const isSpentHere = (token: EntityNumber) => spent.has(token) && radii.holdings.members.has(token);
  const counts = (token: EntityNumber) => view.isLive(token) && !isSpentHere(token);
  const gone = unit.tokens.filter((token) => ending.has(token) || !counts(token));
  const stays = unit.tokens.some((token) => !gone.includes(token));
  const isWritten = unit.members.some((secret) => context.plan.has(`2/WRITE_SECRET/${context.id(secret)}`));
  // A unit that stored tokens and has none left is not needed any more.
  const emptied = unit.tokens.length > 0 && !stays && !isWritten;
  const consumers = consumersOf(context, unit);
  for (const secret of unit.members) {
    const isLive = view.isLive(secret);
    const entity = context.id(secret);
    const custody = stepsInto(view, secret, isCustody).filter((step) => ending.has(step.to));
    const knowledge = stepsInto(view, secret, isKnowledge);
    const changes = [...custody, ...knowledge].map(
      ({ to, code }): Change => ({
        change: 'END',
        relationship: context.relationship(secret, to, code, true),
      }),
    );
    // A dead secret may still be claimed to store something: that ends too, and nothing else has to be done.
    if (!isLive && changes.length === 0) continue;
    const takenAlong = !emptied && isLive && isTakenAlong(context, secret);
    if ((emptied && isLive) || takenAlong) changes.push({ change: 'SET_STATUS', entity, status: 'REVOKED' });
    context.plan.add({
      phase: 5,
      kind: 'ROTATE_SECRET',
      entity,
      source: context.source(secret),
      changes,
      details: {
        unit: unit.members.map((member) => context.id(member)),
        // The rotation is complete when each of these is dead. Until then the members still need rotation. Nobody
        // waits for what is not ours: it stays alive, and is spent once its access has ended.
        completeWhenDead: gone
          .filter((token) => !theirs.has(token) && !spent.has(token))
          .map((token) => context.id(token)),
        consumers: consumers.map((consumer) => context.id(consumer)),
        ...(takenAlong ? { takenAlong } : {}),
      },
      because,
    });
  }
}

/** Live workloads that have to read the new version. */
function consumersOf(context: PlanContext, unit: RotationUnit): EntityNumber[] {
  const { view } = context;
  const consumers = new Set<EntityNumber>();
  for (const secret of unit.members) {
    for (const { to } of stepsInto(view, secret, consumes)) {
      if (isWorkload(view.kindOf(to)) && view.isLive(to) && !context.isRetired(to)) consumers.add(to);
    }
  }
  return [...consumers].sort((a, b) => view.compare(a, b));
}
