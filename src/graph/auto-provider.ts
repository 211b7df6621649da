import type { Head, Revision } from '../model/revision.js';
import type { Millis } from '../model/time.js';
import type { GraphProvider } from './graph-provider.js';
import type { GraphState } from './graph-state.js';
import { estimateSize, type Sampled } from './memory/index-size.js';

/** Where queries are computed: on the whole graph in memory, or on the parts that they need, read from the store. */
export type IndexKind = 'memory' | 'store';

/** The kind of index that was chosen. */
export interface IndexChoice {
  readonly kind: IndexKind;
  /** The reason, in words that name the setting which changes the choice. */
  readonly because: string;
}

/** What the configuration says about the choice. */
export interface IndexPreference {
  readonly wanted: IndexKind | 'auto';
  /** The most bytes that an index in memory may take, where `wanted` is `auto`. */
  readonly memory: number;
}

/**
 * Uses the memory provider or the store provider: the one that is configured or, with `auto`, the one that the
 * estimated size of the index allows. The choice is made at the first call.
 */
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

  /** The choice and its reason. Where making it failed, the next call makes it again. */
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

/** The reason where the store is empty: the choice is not made again when data comes in later. */
const EMPTY =
  'the store was empty when this was chosen; data that comes later stays in memory, until the next start chooses again (TENDRIL_INDEX)';

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

function inWords(bytes: number): string {
  let unit = 0;
  let value = bytes;
  for (; value >= 1024 && unit < UNITS.length - 1; unit += 1) value /= 1024;
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`;
}
