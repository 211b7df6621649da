import { ofTypes, stepsInto } from '../../../graph/collect-steps.js';
import { isWorkload } from '../../../graph/kind-codes.js';
import { brokenNow } from '../../../graph/radii/continuity.js';
import type { ReasonStep } from '../../../graph/reason.js';
import { DEPENDENCY, USE } from '../../../graph/relationship-types.js';
import type { EntityNumber } from '../../../graph/view.js';
import type { PlanContext } from '../context.js';

const consumes = ofTypes(USE, DEPENDENCY);

/** The end of phase 2: each working workload that was changed has to run well once, before any access is removed. */
export function confirmRuns(context: PlanContext): void {
  const { view, radii, plan } = context;
  const waitsFor = new Map<EntityNumber, string[]>();
  const wait = (workload: EntityNumber, action: string) => {
    if (!isWorkload(view.kindOf(workload)) || !view.isLive(workload) || context.isRetired(workload)) return;
    waitsFor.set(workload, [...(waitsFor.get(workload) ?? []), action]);
  };
  for (const { id, draft } of plan.inPhase(2)) {
    const entity = view.numberOf(draft.entity);
    if (draft.kind === 'BIND_WORKLOAD') wait(entity, id);
    if (draft.kind !== 'WRITE_SECRET') continue;
    // Consumers read the secret by any of its copies.
    for (const member of radii.units.of(entity).members) {
      for (const { to } of stepsInto(view, member, consumes)) wait(to, id);
    }
  }
  const broken = brokenNow(view, radii.units, waitsFor.keys());
  for (const [workload, actions] of waitsFor) {
    if (broken.has(workload)) continue;
    plan.add({
      phase: 2,
      kind: 'CONFIRM_RUN',
      entity: context.id(workload),
      source: context.source(workload),
      dependsOn: actions,
      because: whyRun(context, workload, actions),
    });
  }
}

/** The reason of a confirming run: why the workload would stop, else why something that it uses was changed. */
function whyRun(
  context: PlanContext,
  workload: EntityNumber,
  after: readonly string[],
): readonly ReasonStep[] {
  const stops = context.whyDecided(workload);
  return stops.length > 0 ? stops : context.plan.becauseOf(after[0]!);
}
