import type { Radii } from '../../src/graph/answers.js';
import { radiiOf } from '../../src/graph/radii/radii.js';
import type { GraphView } from '../../src/graph/view.js';
import { entityOf, startAt, walk } from '../../src/graph/walk/walk.js';
import { BareWalk, bareGraph } from './bare-graph.js';
import { type ImportedCompany, NOW } from './company.js';
import { indexOf, readBatches, withStore } from './loaded.js';
import { startIds } from './starts.js';
import type { Line } from './table.js';
import { measureEach, timed } from './timing.js';

const ROUNDS = 3;

/** A loaded graph, and the bare one of the same rows. */
export interface Graphs {
  readonly view: GraphView;
  readonly bare: BareWalk;
}

export async function loadGraphs(path: string): Promise<Graphs> {
  const batches = await withStore(path, readBatches);
  const index = await indexOf(batches);
  return { view: index.at(NOW), bare: new BareWalk(bareGraph(batches)) };
}

/** Milliseconds of the bare walk that reaches what the real one reaches. */
export function bareWalkMillis({ view, bare }: Graphs, start: number): number {
  bare.allow(walk(view, startAt(view, start)).states.map(entityOf));
  return timed(() => bare.from(start));
}

/** Times the radii as functions of the graph, next to the bare walk. */
export async function benchRadius({ size, humans }: ImportedCompany, graphs: Graphs): Promise<Line[]> {
  const { view } = graphs;
  const starts = startIds(humans).map((id) => view.numberOf(id));
  const floor = await measureEach(starts, ROUNDS, (start) => bareWalkMillis(graphs, start));
  const line = async (measure: string, compute: (radii: Radii) => number): Promise<Line> => {
    const result = await measureEach(starts, ROUNDS, (start) =>
      timed(() => compute(radiiOf(view, start, { rotateReadable: 'sensitive' }))),
    );
    return { size, measure, unit: 'ms', result, floor };
  };
  return [
    await line('exposure, to a bare walk', (radii) => radii.exposure.members.length),
    await line('all five radii, to a bare walk', everything),
  ];
}

/** Computes all that there is, but for paths, which are found for what is looked at. */
function everything({ exposure, continuity, orphans, cut, conflicts }: Radii): number {
  return (
    exposure.members.length +
    continuity.members.length +
    orphans.members.length +
    cut.members.length +
    conflicts.length
  );
}
