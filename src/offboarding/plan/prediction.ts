import { jointExposureOf } from '../../graph/radii/joint-exposure.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import { OverlayView } from './overlay-view.js';
import type { Plan } from './plan-result.js';
import { Stops } from './stops.js';

/** What the graph will be after a plan is carried out, computed before its approval. */
export interface Prediction {
  /** What of the exposure remains; each should be nothing, or a residual entry with a reason. */
  readonly exposure: readonly string[];
  /** Live workloads that the plan touches and that do not work already. Left out in predictions of older plans. */
  readonly alreadyBroken?: readonly string[];
  /** Workloads that work now and will not. */
  readonly broken: readonly string[];
  /** Of those, the ones that the plan neither retires nor accepts: there should be none. */
  readonly unexpected: readonly string[];
}

/** Applies a plan to a view of the graph, and computes exposure and broken workloads again. */
export function predict(view: GraphView, humans: readonly EntityNumber[], { body }: Plan): Prediction {
  const after = new OverlayView(
    view,
    body.actions.flatMap((action) => action.changes),
  );
  const stops = new Stops(view, body.actions);
  const broken = stops.by(body.actions).map((workload) => view.idOf(workload));
  const expected = new Set(body.accepted);
  for (const { entity, action } of body.decisions) if (action === 'RETIRE') expected.add(entity);
  return {
    exposure: jointExposureOf(after, humans).members.map(({ entity }) => after.idOf(entity)),
    alreadyBroken: stops.alreadyBroken.map((workload) => view.idOf(workload)),
    broken,
    unexpected: broken.filter((workload) => !expected.has(workload)),
  };
}
