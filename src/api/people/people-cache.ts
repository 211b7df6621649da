import { type ExposureSummary, exposureSummaries } from '../../graph/people.js';
import type { GraphView } from '../../graph/view.js';
import { KINDS } from '../../model/kinds.js';
import type { Millis } from '../../model/time.js';

/** How long numbers of one state serve, in milliseconds: after that, tokens may have expired. */
const FRESH_FOR = 60_000;

/** How long others wait at most while it counts, in milliseconds. */
const SLICE = 5;

interface Counted {
  readonly at: Millis;
  readonly summaries: Promise<readonly ExposureSummary[]>;
}

/**
 * The exposure of every human in numbers, counted once a state and shared by all who ask. It lets other
 * requests go first every few milliseconds.
 */
export class PeopleCache {
  readonly #counted = new Map<number, Counted>();

  /** Of every human of the view, in order of number. */
  summaries(view: GraphView): Promise<readonly ExposureSummary[]> {
    const known = this.#counted.get(view.revision);
    if (known !== undefined && Math.abs(view.now - known.at) < FRESH_FOR) return known.summaries;
    const summaries = countAll(view);
    this.#counted.clear();
    this.#counted.set(view.revision, { at: view.now, summaries });
    // A count that failed is not kept: whoever asks next counts again.
    summaries.catch(() => this.#counted.delete(view.revision));
    return summaries;
  }
}

const HUMAN = KINDS.indexOf('Human');

async function countAll(view: GraphView): Promise<ExposureSummary[]> {
  const humans: number[] = [];
  for (let entity = 1; entity < view.size; entity += 1)
    if (view.kindOf(entity) === HUMAN) humans.push(entity);
  const found: ExposureSummary[] = [];
  let since = performance.now();
  for (const summary of exposureSummaries(view, humans)) {
    found.push(summary);
    if (performance.now() - since < SLICE) continue;
    await new Promise<void>((resolve) => setImmediate(resolve));
    since = performance.now();
  }
  return found;
}
