import { brokenNow, workloadsTouchedBy } from '../../graph/continuity.js';
import { exposureOf } from '../../graph/exposure.js';
import { RotationUnits } from '../../graph/units.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import type { Plan } from './make-plan.js';
import { OverlayView } from './overlay-view.js';

/** What the graph will be when a plan is carried out, asked before anybody approves it. */
export interface Prediction {
  /** What of the exposure remains; each should be nothing, or a residual entry with a reason. */
  readonly exposure: readonly string[];
  /** Workloads that work now and will not. */
  readonly broken: readonly string[];
  /** Of those, the ones that the plan neither retires nor accepts: there should be none. */
  readonly unexpected: readonly string[];
}

/** Applies a plan to a view of the graph and asks the same questions again. */
export function predict(view: GraphView, human: EntityNumber, { body }: Plan): Prediction {
  const changes = body.actions.flatMap((action) => action.changes);
  const after = new OverlayView(view, changes);
  const ended = changes.flatMap((change) =>
    change.change === 'SET_STATUS' ? [view.numberOf(change.entity)] : [],
  );
  const units = new RotationUnits(view);
  const touched = workloadsTouchedBy(view, units, new Set(ended.filter((entity) => entity !== 0)));
  for (const { kind, entity } of body.actions)
    if (kind === 'BIND_WORKLOAD') touched.add(view.numberOf(entity));
  const before = brokenNow(view, units, touched);
  const then = brokenNow(after, new RotationUnits(after), touched);
  const broken = [...touched]
    .filter((workload) => view.isLive(workload) && !before.has(workload) && then.has(workload))
    .sort((a, b) => view.compare(a, b))
    .map((workload) => view.idOf(workload));
  const expected = new Set(body.accepted);
  for (const { entity, action } of body.decisions) if (action === 'RETIRE') expected.add(entity);
  return {
    exposure: exposureOf(after, human).members.map(({ entity }) => after.idOf(entity)),
    broken,
    unexpected: broken.filter((workload) => !expected.has(workload)),
  };
}
