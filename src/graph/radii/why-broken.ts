import type { Millis } from '../../model/time.js';
import type { Step } from '../answers.js';
import { ofTypes, stepsInto, stepsOut } from '../collect-steps.js';
import { isWorkload, SECRET } from '../kind-codes.js';
import { COPY, CUSTODY } from '../relationship-types.js';
import type { EntityNumber, GraphView } from '../view.js';
import { sustainerSteps } from './stop-sustained.js';
import { isRequirement, isTrigger } from './stopping.js';
import { type WorkloadTimes, workloadTimes } from './workload-times.js';

const stores = ofTypes(CUSTODY);
const copies = ofTypes(COPY);

/**
 * Why a workload does not work at a moment, as a path in the order in which stopping passes on: from what has ended by
 * itself to the workload. Of several causes it is the nearest. It is empty where the workload itself has ended.
 *
 * @param at a moment at which the workload does not work, by {@link workloadTimes}
 */
export function whyBroken(view: GraphView, workload: EntityNumber, at: Millis): Step[] {
  const causes = new Causes(view, at);
  const start: Place = { entity: workload, as: 'BROKEN', before: null };
  const seen = new Set([keyOf(start)]);
  const queue: Place[] = [start];
  for (const place of queue) {
    if (place.as !== 'IN_UNIT' && causes.hasEnded(place.entity)) return pathFrom(place);
    for (const next of causes.of(place)) {
      if (seen.has(keyOf(next))) continue;
      seen.add(keyOf(next));
      queue.push(next);
    }
  }
  return [];
}

/** Why an entity is looked at: it is broken, or stopped, or a secret of a rotation unit in which all tokens are stopped. */
type As = 'BROKEN' | 'STOPPED' | 'IN_UNIT';

interface Place {
  readonly entity: EntityNumber;
  readonly as: As;
  /** The place that it is a cause of, and the step from there; null at the workload that is asked about. */
  readonly before: { readonly place: Place; readonly step: Step } | null;
}

const keyOf = ({ entity, as }: Place): string => `${as} ${entity}`;

/** The steps from a cause to the workload: those of the search, turned round. */
function pathFrom(cause: Place): Step[] {
  const path: Step[] = [];
  for (let at = cause.before; at !== null; at = at.place.before) {
    const { from, to, code, against } = at.step;
    path.push({ from: to, to: from, code, against: !against });
  }
  return path;
}

/** Looks back from what is stopped or broken at a moment to that from which it follows. */
class Causes {
  private readonly times: WorkloadTimes;

  constructor(
    private readonly view: GraphView,
    private readonly at: Millis,
  ) {
    this.times = workloadTimes(view);
  }

  /** Whether an entity has ended by itself, by its status or because it has expired. */
  hasEnded(entity: EntityNumber): boolean {
    return !this.view.isLive(entity) || this.view.expiryOf(entity) <= this.at;
  }

  of(place: Place): Place[] {
    const { entity, as } = place;
    const after = (as: As, steps: readonly Step[]): Place[] =>
      steps.map((step) => ({ entity: step.to, as, before: { place, step } }));
    if (as === 'IN_UNIT') return this.inUnit(entity, after);
    const stops = this.isStopped(entity) ? this.ofStopped(entity, after) : [];
    return as === 'BROKEN' ? [...stops, ...this.ofBroken(entity, after)] : stops;
  }

  private ofBroken(workload: EntityNumber, after: (as: As, steps: readonly Step[]) => Place[]): Place[] {
    const { view } = this;
    const needs = stepsOut(view, workload, isRequirement);
    const broken = needs.filter(({ to }) => isWorkload(view.kindOf(to)) && this.isBroken(to));
    const stopped = needs.filter(({ to }) => !isWorkload(view.kindOf(to)) && this.isStopped(to));
    const triggers = stepsInto(view, workload, isTrigger);
    const lacksTriggers = triggers.every(({ to }) => this.isBroken(to));
    return [
      ...after('STOPPED', stopped),
      ...after('BROKEN', broken),
      ...(lacksTriggers ? after('BROKEN', triggers) : []),
    ];
  }

  private ofStopped(entity: EntityNumber, after: (as: As, steps: readonly Step[]) => Place[]): Place[] {
    const { view } = this;
    const isEmpty = view.kindOf(entity) === SECRET && this.times.emptyAt(entity) <= this.at;
    const sustainers = view.mayHaveSustainer(entity) ? sustainerSteps(view, entity) : [];
    const lacksSustainers = sustainers.every(({ to }) => this.isStopped(to));
    return [
      ...(isEmpty ? this.inUnit(entity, after) : []),
      ...(lacksSustainers ? after('STOPPED', sustainers) : []),
    ];
  }

  private inUnit(secret: EntityNumber, after: (as: As, steps: readonly Step[]) => Place[]): Place[] {
    const { view } = this;
    return [
      ...after('STOPPED', stepsInto(view, secret, stores)),
      ...after('IN_UNIT', stepsOut(view, secret, copies)),
      ...after('IN_UNIT', stepsInto(view, secret, copies)),
    ];
  }

  private isStopped(entity: EntityNumber): boolean {
    return this.times.stopOf(entity) <= this.at;
  }

  private isBroken(workload: EntityNumber): boolean {
    return this.times.of(workload) <= this.at;
  }
}
