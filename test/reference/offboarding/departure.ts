import { cut } from '../cut.js';
import { holdings } from '../holdings.js';
import type { RotateReadable } from '../known-units.js';
import { accountsThatAre, type Start } from '../person.js';
import type { PlainGraph } from '../plain-graph.js';
import { broken, stopped } from '../stopped.js';
import { type Cut, irreplaceable } from './reissuable.js';

/** One person, or several at once, leaving one graph, with the answers of section 3 that section 4 is said in. */
export interface Departure {
  readonly graph: PlainGraph;
  readonly humans: ReadonlySet<string>;
  readonly rotateReadable: RotateReadable;
  /** `H(h)`. */
  readonly held: ReadonlySet<string>;
  /** `K(h)`. */
  readonly cut: Cut;
  readonly unshared: ReadonlySet<string>;
  /** The foreign tokens that count as if they were in `H(h)`, since nobody could issue them again. */
  readonly irreplaceable: ReadonlySet<string>;
  readonly stoppedNow: ReadonlySet<string>;
  readonly brokenNow: ReadonlySet<string>;
}

export function departureOf(graph: PlainGraph, start: Start, rotateReadable: RotateReadable): Departure {
  const humans = new Set(typeof start === 'string' ? [start] : start);
  const all = cut(graph, [...humans], rotateReadable);
  const stoppedNow = stopped(graph);
  return {
    ...{ graph, humans, rotateReadable },
    held: holdings(graph, [...humans]),
    cut: all,
    unshared: accountsThatAre(graph, humans, false),
    irreplaceable: irreplaceable(graph, all),
    stoppedNow,
    brokenNow: broken(graph, stoppedNow),
  };
}
