import { type ExposureSummary, exposureSummaries } from '../../graph/people.js';
import type { GraphView } from '../../graph/view.js';
import { KINDS } from '../../model/kinds.js';
import type { Millis } from '../../model/time.js';

/** How long others wait at most while it counts, in milliseconds. */
const SLICE = 5;

interface Counted {
  /** When the next token expires: numbers of one state change at no other time. */
  readonly until: Millis;
  readonly summaries: Promise<readonly ExposureSummary[]>;
}

/**
 * The exposure of every human in numbers, counted once a state and shared by all who ask until a token
 * expires. It lets other requests go first every few milliseconds.
 */
export class PeopleCache {
  readonly #counted = new Map<number, Counted>();

  /** Of every human of the view, in order of number. */
  summaries(view: GraphView): Promise<readonly ExposureSummary[]> {
    const known = this.#counted.get(view.revision);
    // Two moments see the same tokens alive exactly if the same expiry comes next.
    const until = view.nextExpiryAfter(view.now);
    if (known?.until === until) return known.summaries;
    const summaries = countAll(view);
    const counted = { until, summaries };
    this.#counted.clear();
    this.#counted.set(view.revision, counted);
    // A count that failed is not kept: whoever asks next counts again.
    summaries.catch(() => {
      if (this.#counted.get(view.revision) === counted) this.#counted.delete(view.revision);
    });
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
