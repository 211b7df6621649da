import { brokenNow, workloadsTouchedBy } from '../../graph/radii/continuity.js';
import { RotationUnits } from '../../graph/radii/rotation-units.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import { OverlayView } from './overlay-view.js';
import type { Action } from './plan.js';

/** Tells which workloads stop by some actions. Only workloads that the actions touch are looked at. */
export class Stops {
  private readonly units: RotationUnits;
  private readonly touched: ReadonlySet<EntityNumber>;
  private readonly before: ReadonlySet<EntityNumber>;

  /** @param actions all actions that `by` will be asked about */
  constructor(
    private readonly view: GraphView,
    actions: readonly Action[],
  ) {
    this.units = new RotationUnits(view);
    this.touched = touchedBy(view, this.units, actions);
    this.before = brokenNow(view, this.units, this.touched);
  }

  /** Live workloads that the actions touch and that do not work already; in order of id. */
  get alreadyBroken(): EntityNumber[] {
    return [...this.before]
      .filter((workload) => this.touched.has(workload) && this.view.isLive(workload))
      .sort((a, b) => this.view.compare(a, b));
  }

  /** Workloads that work now and would not after some of the actions; in order of id. */
  by(actions: readonly Action[]): EntityNumber[] {
    const after = new OverlayView(
      this.view,
      actions.flatMap((action) => action.changes),
    );
    const broken = brokenNow(after, new RotationUnits(after), this.touched);
    return [...this.touched]
      .filter((workload) => this.view.isLive(workload) && !this.before.has(workload) && broken.has(workload))
      .sort((a, b) => this.view.compare(a, b));
  }
}

function touchedBy(
  view: GraphView,
  units: RotationUnits,
  actions: readonly Action[],
): ReadonlySet<EntityNumber> {
  const ended = new Set<EntityNumber>();
  for (const change of actions.flatMap((action) => action.changes)) {
    if (change.change !== 'SET_STATUS') continue;
    const entity = view.numberOf(change.entity);
    if (entity !== 0) ended.add(entity);
  }
  const touched = workloadsTouchedBy(view, units, ended);
  for (const { kind, entity } of actions) if (kind === 'BIND_WORKLOAD') touched.add(view.numberOf(entity));
  return touched;
}
