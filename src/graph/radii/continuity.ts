import { ofTypes, stepsInto, stepsOut, where } from '../collect-steps.js';
import { isWorkload, SECRET } from '../kind-codes.js';
import { COPY, CUSTODY } from '../relationship-types.js';
import type { EntityNumber, GraphView } from '../view.js';
import type { Holdings } from './holdings.js';
import type { PathTree } from './path-tree.js';
import type { RotationUnits } from './rotation-units.js';
import { sustainedSteps } from './stop-sustained.js';
import { brokenWorkloads, isRequirement, isTrigger, StoppedEntities } from './stopping.js';

/** What stops working when some entities end. */
export interface Breakage {
  /** The live workloads that work now and would be broken. */
  readonly workloads: ReadonlySet<EntityNumber>;
  /** All workloads that would newly be broken, including those that are not live. */
  readonly newlyBroken: ReadonlySet<EntityNumber>;
  /** Whether a job would be broken because every job that triggers it is. */
  readonly lacksTriggers: (job: EntityNumber) => boolean;
  /** What is stopped now, and what would be stopped then. */
  readonly before: StoppedEntities;
  readonly after: StoppedEntities;
  /** The path to each workload, along what would newly be stopped or broken. */
  readonly paths: PathTree;
}

const stores = ofTypes(CUSTODY);
const copies = ofTypes(COPY);

/**
 * What ending `ended` breaks: with the holdings it is C(h), with the whole cut it is W(h). It makes the two passes of
 * semantics, section 3, but only over the workloads that `ended` can affect, so that the cost does not grow with the
 * company.
 *
 * @param ended with what it alone sustains (`stop-sustained.ts`)
 */
export function breakageOf(view: GraphView, units: RotationUnits, ended: Holdings): Breakage {
  const before = new StoppedEntities(view, units, new Set());
  const after = new StoppedEntities(view, units, ended.members);
  const universe = withWhatItStandsOn(view, workloadsTouchedBy(view, units, ended.members));
  const broken = brokenWorkloads(universe, before);
  const workloads = new Set<EntityNumber>();
  const newly = new Set<EntityNumber>();
  const brokenThen = brokenWorkloads(universe, after);
  for (const workload of brokenThen) {
    if (broken.has(workload)) continue;
    newly.add(workload);
    if (view.isLive(workload)) workloads.add(workload);
  }
  const stops = (secret: EntityNumber) => after.isStopped(secret) && !before.isStopped(secret);
  const unitStops = (secret: EntityNumber) => units.of(secret).members.some(stops);
  const lacksTriggers = (job: EntityNumber) => allTriggersAmong(view, job, brokenThen);
  const paths = explain(view, ended, { newly, before, unitStops, lacksTriggers });
  return { workloads, newlyBroken: newly, lacksTriggers, before, after, paths };
}

function allTriggersAmong(view: GraphView, job: EntityNumber, broken: ReadonlySet<EntityNumber>): boolean {
  let all = true;
  view.eachIn(
    job,
    (trigger, code) => {
      all = all && (!isTrigger(code) || broken.has(trigger));
      return !all;
    },
    isTrigger.wanted,
  );
  return all;
}

/** The workloads among these that are broken now. */
export function brokenNow(
  view: GraphView,
  units: RotationUnits,
  workloads: Iterable<EntityNumber>,
): Set<EntityNumber> {
  const universe = withWhatItStandsOn(view, new Set(workloads));
  return brokenWorkloads(universe, new StoppedEntities(view, units, new Set()));
}

/**
 * Every workload that could be broken. It may be more than are: here one broken trigger of several is enough, and one
 * sustainer that ends.
 */
export function workloadsTouchedBy(
  view: GraphView,
  units: RotationUnits,
  ended: ReadonlySet<EntityNumber>,
): Set<EntityNumber> {
  const workloads = new Set<EntityNumber>();
  const standing = (target: EntityNumber) => {
    view.eachIn(
      target,
      (workload, code) => {
        if (isRequirement(code)) workloads.add(workload);
      },
      isRequirement.wanted,
    );
  };
  const stopping = new Set(ended);
  for (const entity of stopping) {
    for (const step of sustainedSteps(view, entity)) stopping.add(step.to);
    if (isWorkload(view.kindOf(entity))) workloads.add(entity);
    standing(entity);
    for (const secret of units.secretsOf(entity)) for (const copy of units.of(secret).members) standing(copy);
  }
  for (const workload of workloads) {
    standing(workload);
    view.eachOut(
      workload,
      (job, code) => {
        if (isTrigger(code)) workloads.add(job);
      },
      isTrigger.wanted,
    );
  }
  return workloads;
}

function withWhatItStandsOn(view: GraphView, workloads: Set<EntityNumber>): Set<EntityNumber> {
  for (const workload of workloads) {
    view.eachOut(
      workload,
      (target, code) => {
        if (isRequirement(code) && isWorkload(view.kindOf(target))) workloads.add(target);
      },
      isRequirement.wanted,
    );
    view.eachIn(
      workload,
      (job, code) => {
        if (isTrigger(code)) workloads.add(job);
      },
      isTrigger.wanted,
    );
  }
  return workloads;
}

/** What the path that explains a breakage may pass. */
interface Causes {
  readonly newly: ReadonlySet<EntityNumber>;
  readonly before: StoppedEntities;
  /** Whether a secret's rotation unit newly stops. A path may pass a copy that was revoked before. */
  readonly unitStops: (secret: EntityNumber) => boolean;
  readonly lacksTriggers: (job: EntityNumber) => boolean;
}

/** Continues the paths to the ended entities, along what newly stopped or broke. */
function explain(view: GraphView, ended: Holdings, causes: Causes): PathTree {
  const { newly, before, unitStops, lacksTriggers } = causes;
  const isNew = (entity: EntityNumber) => newly.has(entity);
  const paths = ended.paths.copy();
  const queue = [...ended.members].filter((entity) => !before.isStopped(entity));
  for (let at = 0; at < queue.length; at += 1) {
    const from = queue[at]!;
    const isSecret = view.kindOf(from) === SECRET;
    const steps = [
      ...stepsOut(view, from, where(stores, unitStops)),
      ...(isSecret ? stepsOut(view, from, where(copies, unitStops)) : []),
      ...(isSecret ? stepsInto(view, from, where(copies, unitStops)) : []),
      ...stepsInto(view, from, where(isRequirement, isNew)),
      ...stepsOut(
        view,
        from,
        where(isTrigger, (to) => isNew(to) && lacksTriggers(to)),
      ),
    ];
    for (const step of steps) if (paths.add(step)) queue.push(step.to);
  }
  return paths;
}
