import type { GraphView } from '../../graph/view.js';
import { type Action, type Mode, PHASE_ORDER, type Phase } from './plan.js';
import { Stops } from './stops.js';

/** The phase that makes replacements. */
const MAKES: Phase = 2;

/**
 * What the order of phases costs (semantics, section 5): workloads that stop because something ends before its
 * replacement is made, and work again once it is. In order of id; none where everything is made first.
 */
export function downtimeOf(view: GraphView, mode: Mode, actions: readonly Action[]): string[] {
  const order = PHASE_ORDER[mode];
  const earlier = order.slice(0, order.indexOf(MAKES));
  const upTo = (phases: readonly Phase[]) => actions.filter(({ phase }) => phases.includes(phase));
  const [gone, made] = [upTo(earlier), upTo([...earlier, MAKES])];
  if (gone.length === 0) return [];
  const stops = new Stops(view, made);
  const still = new Set(stops.by(made));
  return stops
    .by(gone)
    .filter((workload) => !still.has(workload))
    .map((workload) => view.idOf(workload));
}
