import { ofTypes, stepsInto } from '../../graph/collect-steps.js';
import { APP, GRANT, HUMAN, isWorkload, SECRET, TOKEN } from '../../graph/kind-codes.js';
import { Accountability } from '../../graph/radii/accountability.js';
import { type Breakage, breakageOf, brokenNow } from '../../graph/radii/continuity.js';
import { PathTree } from '../../graph/radii/path-tree.js';
import { absenceOf, unsharedAccounts } from '../../graph/radii/person.js';
import type { PersonRadii } from '../../graph/radii/radii.js';
import { stopSustained } from '../../graph/radii/stop-sustained.js';
import { isRequirement, isTrigger, type StoppedEntities } from '../../graph/radii/stopping.js';
import { CONSENT, CONSENT_TARGET } from '../../graph/relationship-types.js';
import { eachSustainer } from '../../graph/sustaining.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import type { Decision, Guard } from './decision.js';
import { sustainedAsOwner } from './handed-over.js';
import { type RevocationClosure, revocationClosure } from './revocation-closure.js';
import type { Standing } from './standing.js';
import { usersOf } from './users.js';

const isConsentTarget = ofTypes(CONSENT_TARGET);
const isConsent = ofTypes(CONSENT);

/** The guards of a retirement that do not depend on other decisions. */
export function retireGuards(view: GraphView, radii: PersonRadii): (thing: EntityNumber) => Guard | null {
  const gone = new Accountability(view, absenceOf(radii.person));
  const unshared = unsharedAccounts(view, radii.person);
  const granted = (grant: EntityNumber) =>
    stepsInto(view, grant, isConsent).some(({ to }) => unshared.includes(to));
  return (thing) => {
    if (gone.isAnsweredFor(thing)) return 'HAS_ANSWERING_OWNER';
    if (view.kindOf(thing) !== APP) return null;
    const grants = stepsInto(view, thing, isConsentTarget).map((step) => step.to);
    return grants.some((grant) => view.isLive(grant) && !granted(grant)) ? 'USED_BY_OTHERS' : null;
  };
}

/** What would break if everything decided so far were done (semantics, section 4). */
export class WouldBreak {
  private readonly cascades = new Map<EntityNumber, RevocationClosure>();

  constructor(
    private readonly view: GraphView,
    private readonly radii: PersonRadii,
    private readonly standing: Standing,
    private readonly lost: ReadonlySet<EntityNumber>,
  ) {}

  /**
   * The breakage when each retired entity ends with its cascade, each credential of the cut that is not replaced, and
   * whatever these and the person alone sustain, but for what is replaced or goes to the successor. Of the cut, only
   * credentials and the person's own accounts end as such: the rest is in it because it hangs on the person.
   */
  breakageIf(decided: ReadonlyMap<EntityNumber, Decision>): Breakage {
    const { view, radii } = this;
    const ended = new Set<EntityNumber>();
    for (const { entity, action } of decided.values()) {
      if (action === 'RETIRE') for (const member of this.cascade(entity).members) ended.add(member);
    }
    const replaced = this.replaced(decided, ended);
    const unshared = unsharedAccounts(view, radii.person);
    const isCredential = (entity: EntityNumber) =>
      [GRANT, TOKEN].includes(view.kindOf(entity)) || unshared.includes(entity);
    for (const { entity } of radii.cut.members) {
      if (isCredential(entity) && !replaced.has(entity)) ended.add(entity);
    }
    const handedOver = sustainedAsOwner(view, radii.person, (thing) => ended.has(thing));
    const keeps = (entity: EntityNumber) => replaced.has(entity) || handedOver.has(entity);
    const paths = new PathTree(...radii.person.starts);
    stopSustained(view, radii.person.humans, ended, paths, keeps);
    return breakageOf(view, radii.units, { members: ended, paths });
  }

  /** The retirements that contribute to breaking a workload that should go on. */
  retirementsThatBreak(
    decided: ReadonlyMap<EntityNumber, Decision>,
    retirements: readonly Decision[],
  ): Decision[] {
    if (retirements.length === 0) return [];
    const breakage = this.breakageIf(decided);
    const goingOn = [...breakage.workloads].filter((workload) => decided.get(workload)?.action !== 'RETIRE');
    const causes = causesOf(this.view, this.radii, breakage, goingOn);
    return retirements.filter(({ entity }) =>
      [...this.cascade(entity).members].some((member) => causes.has(member)),
    );
  }

  private cascade(thing: EntityNumber): RevocationClosure {
    let cascade = this.cascades.get(thing);
    if (cascade === undefined) {
      cascade = revocationClosure(this.view, thing);
      this.cascades.set(thing, cascade);
    }
    return cascade;
  }

  /** The part of the cut that is reissued, or on which a decided workload stands that is not retired. */
  private replaced(
    decided: ReadonlyMap<EntityNumber, Decision>,
    cascades: ReadonlySet<EntityNumber>,
  ): Set<EntityNumber> {
    const { view, radii, standing } = this;
    const replaced = new Set<EntityNumber>();
    for (const { entity, action } of decided.values()) {
      if (action === 'RETIRE' || !isWorkload(view.kindOf(entity))) continue;
      for (const target of standing.on(entity)) {
        if (view.kindOf(target) !== SECRET) replaced.add(target);
        else
          for (const token of radii.units.of(target).tokens)
            if (standing.held.has(token)) replaced.add(token);
      }
    }
    const retired = (workload: EntityNumber) => decided.get(workload)?.action === 'RETIRE';
    for (const token of reissued(view, radii, this.lost, cascades, retired)) replaced.add(token);
    return replaced;
  }
}

/**
 * Effective foreign tokens that are reissued: a working workload that is not to be retired needs them, they can be
 * reissued, and no retirement's cascade revokes them (semantics, section 5, phase 2).
 */
export function reissued(
  view: GraphView,
  radii: PersonRadii,
  lost: ReadonlySet<EntityNumber>,
  cascades: ReadonlySet<EntityNumber>,
  isRetired: (workload: EntityNumber) => boolean,
): EntityNumber[] {
  const candidates = radii.cut.members
    .map((member) => member.entity)
    .filter(
      (entity) => view.kindOf(entity) === TOKEN && view.isEffective(entity) && radii.cut.isForeign(entity),
    )
    .filter((token) => !lost.has(token) && !cascades.has(token));
  const users = new Map(candidates.map((token) => [token, usersOf(view, radii.units, token)]));
  const all = new Set([...users.values()].flat());
  const broken = brokenNow(view, radii.units, all);
  const needs = (workload: EntityNumber) =>
    view.isLive(workload) && !broken.has(workload) && !isRetired(workload);
  return candidates.filter((token) => users.get(token)!.some(needs));
}

/** What sustained an entity until now, where nothing that goes on sustains it any more. People stop nothing. */
function lostSustainers(
  view: GraphView,
  { person }: PersonRadii,
  after: StoppedEntities,
  entity: EntityNumber,
): EntityNumber[] {
  if (!view.mayHaveSustainer(entity)) return [];
  const lost: EntityNumber[] = [];
  let isKept = false;
  eachSustainer(view, entity, (sustainer) => {
    if (!view.isEffective(sustainer)) return false;
    isKept = !person.humans.includes(sustainer) && !after.isStopped(sustainer);
    if (view.kindOf(sustainer) !== HUMAN) lost.push(sustainer);
    return isKept;
  });
  return isKept ? [] : lost;
}

/** Entities that newly stopped or broke and contribute to breaking these workloads, with the workloads. */
function causesOf(
  view: GraphView,
  radii: PersonRadii,
  { before, after, newlyBroken, lacksTriggers }: Breakage,
  workloads: readonly EntityNumber[],
): Set<EntityNumber> {
  const causes = new Set(workloads);
  const newlyStopped = (entity: EntityNumber) => after.isStopped(entity) && !before.isStopped(entity);
  for (const cause of causes) {
    for (const sustainer of lostSustainers(view, radii, after, cause)) causes.add(sustainer);
    if (view.kindOf(cause) === SECRET) {
      for (const token of radii.units.of(cause).tokens) if (newlyStopped(token)) causes.add(token);
    }
    if (!isWorkload(view.kindOf(cause))) continue;
    view.eachOut(cause, (target, code) => {
      if (isRequirement(code) && (newlyBroken.has(target) || newlyStopped(target))) causes.add(target);
    });
    if (lacksTriggers(cause))
      view.eachIn(cause, (job, code) => {
        if (isTrigger(code) && newlyBroken.has(job)) causes.add(job);
      });
  }
  return causes;
}
