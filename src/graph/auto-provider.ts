import type { Head, Revision } from '../model/revision.js';
import type { Millis } from '../model/time.js';
import type { GraphProvider } from './graph-provider.js';
import type { GraphState } from './graph-state.js';
import { estimateSize, type Sampled } from './memory/index-size.js';

/** Where the graph is thought about: all of it in memory, or piece by piece in the store. */
export type IndexKind = 'memory' | 'store';

export interface IndexChoice {
  readonly kind: IndexKind;
  /** Why, in a sentence that names what to set for the other one. */
  readonly because: string;
}

/** How the choice is made. */
export interface IndexPreference {
  readonly wanted: IndexKind | 'auto';
  /** Bytes the index may take, where the choice is made by it. */
  readonly memory: number;
}

/** Answers in memory or in the store, as is wanted or by what the index would take; chosen when first asked. */
export class AutoGraphProvider implements GraphProvider {
  private chosen: Promise<IndexChoice> | undefined;

  constructor(
    private readonly store: Sampled & { head(): Promise<Head> },
    private readonly preference: IndexPreference,
    private readonly providers: Readonly<Record<IndexKind, GraphProvider>>,
  ) {}

  async current(now: Millis, atLeast?: Revision): Promise<GraphState> {
    const { kind } = await this.choice();
    return this.providers[kind].current(now, atLeast);
  }

  async asOf(at: Millis, guard?: () => void): Promise<GraphState> {
    const { kind } = await this.choice();
    return this.providers[kind].asOf(at, guard);
  }

  /** Which it is and why. A choice that could not be made is made again by whoever asks next. */
  choice(): Promise<IndexChoice> {
    if (this.chosen === undefined) {
      const chosen = this.choose();
      this.chosen = chosen;
      chosen.catch(() => {
        this.chosen = undefined;
      });
    }
    return this.chosen;
  }

  private async choose(): Promise<IndexChoice> {
    const { wanted, memory } = this.preference;
    if (wanted !== 'auto') return { kind: wanted, because: `TENDRIL_INDEX is ${wanted}` };
    const { revision } = await this.store.head();
    const { bytes } = await estimateSize(this.store, revision);
    if (bytes === 0) return { kind: 'memory', because: EMPTY };
    const kind = bytes <= memory ? 'memory' : 'store';
    const [takes, may] = [inWords(bytes), inWords(memory)];
    return {
      kind,
      because:
        kind === 'memory'
          ? `it would take about ${takes} of the ${may} it may (TENDRIL_INDEX_MEMORY)`
          : `in memory it would take about ${takes}, and it may take ${may} (TENDRIL_INDEX_MEMORY)`,
    };
  }
}

/** What comes later is not looked at again. */
const EMPTY =
  'the store was empty when this was chosen; what comes into it stays in memory until the next start chooses anew (TENDRIL_INDEX)';

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

function inWords(bytes: number): string {
  let unit = 0;
  let value = bytes;
  for (; value >= 1024 && unit < UNITS.length - 1; unit += 1) value /= 1024;
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`;
}
