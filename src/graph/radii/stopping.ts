import { codeRequired, codeType } from '../../model/rows.js';
import { ofTypes } from '../collect-steps.js';
import { GROUP, HUMAN, isWorkload, SECRET } from '../kind-codes.js';
import { DEPENDENCY, IDENTITY, TRIGGER, USE } from '../relationship-types.js';
import type { EntityNumber, GraphView } from '../view.js';
import type { RotationUnits } from './rotation-units.js';

/**
 * What is stopped (semantics, section 3, continuity): what is stopped now, and the entities in `ended`, to which belongs
 * what these alone sustain. People and groups do not stop. Whether a workload is broken is computed by
 * {@link brokenWorkloads}, which asks this class about what the workload needs.
 */
export class StoppedEntities {
  private readonly secrets = new Map<EntityNumber, boolean>();

  constructor(
    readonly view: GraphView,
    private readonly units: RotationUnits,
    private readonly ended: ReadonlySet<EntityNumber>,
  ) {}

  /** Whether an entity is stopped. A workload that only breaks because of others is not stopped. */
  isStopped(entity: EntityNumber): boolean {
    if (this.ended.has(entity)) return true;
    const kind = this.view.kindOf(entity);
    if (kind === SECRET) return this.isSecretStopped(entity);
    return kind !== HUMAN && kind !== GROUP && !this.view.isEffective(entity);
  }

  private isSecretStopped(secret: EntityNumber): boolean {
    if (!this.view.isEffective(secret)) return true;
    let stopped = this.secrets.get(secret);
    if (stopped === undefined) {
      const { tokens } = this.units.of(secret);
      stopped = tokens.length > 0 && tokens.every((token) => this.isStopped(token));
      this.secrets.set(secret, stopped);
    }
    return stopped;
  }
}

/** Whether a workload does not work without the other end of a relationship. */
export const isRequirement = Object.assign(
  (code: number): boolean => {
    const type = codeType(code);
    return ((type === USE || type === IDENTITY) && codeRequired(code)) || type === DEPENDENCY;
  },
  { wanted: ofTypes(USE, IDENTITY, DEPENDENCY).wanted },
);

/** Whether a relationship is one by which a job triggers another. */
export const isTrigger = Object.assign((code: number): boolean => codeType(code) === TRIGGER, {
  wanted: ofTypes(TRIGGER).wanted,
});

/**
 * The broken workloads of `universe`: a least fixpoint. The universe must contain, with every workload, all workloads
 * that it depends on and all jobs that trigger it. Each relationship is visited a constant number of times, because the
 * triggers that still work are counted.
 */
export function brokenWorkloads(
  universe: ReadonlySet<EntityNumber>,
  stopping: StoppedEntities,
): Set<EntityNumber> {
  const { view } = stopping;
  const broken = new Set<EntityNumber>();
  const working = new Map<EntityNumber, number>();
  for (const workload of universe) {
    if (stopping.isStopped(workload) || standsOnStopped(view, workload, stopping)) broken.add(workload);
    let triggers = 0;
    view.eachIn(
      workload,
      (_job, code) => {
        if (isTrigger(code)) triggers += 1;
      },
      isTrigger.wanted,
    );
    working.set(workload, triggers);
  }
  for (const workload of broken) {
    view.eachIn(
      workload,
      (dependent, code) => {
        if (isRequirement(code) && isWorkload(view.kindOf(dependent)) && universe.has(dependent)) {
          broken.add(dependent);
        }
      },
      isRequirement.wanted,
    );
    view.eachOut(
      workload,
      (job, code) => {
        if (!isTrigger(code) || !universe.has(job)) return;
        const left = working.get(job)! - 1;
        working.set(job, left);
        if (left === 0) broken.add(job);
      },
      isTrigger.wanted,
    );
  }
  return broken;
}

function standsOnStopped(view: GraphView, workload: EntityNumber, stopping: StoppedEntities): boolean {
  let found = false;
  view.eachOut(
    workload,
    (target, code) => {
      found = isRequirement(code) && !isWorkload(view.kindOf(target)) && stopping.isStopped(target);
      return found;
    },
    isRequirement.wanted,
  );
  return found;
}
