import { humanId } from '../../src/generate/ids.js';
import { exposureSummaries } from '../../src/graph/radii/exposure-summary.js';
import type { ImportedCompany } from './company.js';
import { bareWalkMillis, type Graphs } from './radius.js';
import { spread } from './starts.js';
import type { Aim, Line } from './table.js';
import { timed } from './timing.js';

const RANKED = 10_000;
const AIM: Aim = { atMost: 5000 };

/** Times the exposure in numbers of up to 10,000 people, next to as many bare walks. */
export function benchRanking({ size, humans }: ImportedCompany, graphs: Graphs): Line {
  const ranked = spread(humans, RANKED).map((human) => graphs.view.numberOf(humanId(human)));
  const rank = () => {
    for (const _summary of exposureSummaries(graphs.view, ranked));
  };
  const result = { median: timed(rank) };
  let floor = 0;
  for (const human of ranked) floor += bareWalkMillis(graphs, human);
  return {
    size,
    measure: `ranking of ${ranked.length} humans, to bare walks`,
    unit: 'ms',
    result,
    floor: { median: floor },
    aim: AIM,
  };
}
