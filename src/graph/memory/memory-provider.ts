import type { Head, Revision } from '../../model/revision.js';
import type { GraphRows } from '../../model/rows.js';
import type { Millis } from '../../model/time.js';
import type { WholeGraphProvider } from '../graph-provider.js';
import type { WholeView } from '../graph-state.js';
import { waitForRevision } from '../wait-for-revision.js';
import { MemoryIndex } from './memory-index.js';
import { PastStates } from './past-states.js';

/** The reads that the provider needs of a store: its change feed. */
export interface ChangeFeed {
  head(): Promise<Head>;
  revisionAt(at: Millis): Promise<Head>;
  scan(since: Revision, until: Revision): AsyncIterable<GraphRows>;
}

/** A provider that keeps the graph of a store in memory, and keeps it current from the store's change feed. */
export function openMemoryProvider(feed: ChangeFeed): WholeGraphProvider {
  return new MemoryGraphProvider(feed);
}

class MemoryGraphProvider implements WholeGraphProvider {
  private newest: Promise<MemoryIndex> | undefined;
  private readonly past: PastStates;

  constructor(private readonly feed: ChangeFeed) {
    this.past = new PastStates((until) => feed.scan(0, until));
  }

  async current(now: Millis, atLeast: Revision = 0): Promise<WholeView> {
    const index = await waitForRevision(() => this.catchUp(), atLeast);
    return index.at(now);
  }

  async asOf(at: Millis, guard: () => void = () => {}): Promise<WholeView> {
    const { revision } = await this.feed.revisionAt(at);
    const newest = await this.catchUp();
    if (newest.revision === revision) return newest.at(at);
    return (await this.past.get(revision, guard)).at(at);
  }

  /** Brings the index to the store's head, once at a time: a call that comes meanwhile reads the head again then. */
  private async catchUp(): Promise<MemoryIndex> {
    const before = this.newest;
    const { revision } = await this.feed.head();
    const known = before === undefined ? undefined : await before.catch(() => undefined);
    if (known !== undefined && known.revision >= revision) return known;
    if (this.newest !== before) return this.catchUp();
    this.newest = this.advance(known, revision);
    return this.newest;
  }

  private async advance(known: MemoryIndex | undefined, revision: Revision): Promise<MemoryIndex> {
    if (known === undefined) return MemoryIndex.load(revision, this.feed.scan(0, revision));
    const batches: GraphRows[] = [];
    for await (const batch of this.feed.scan(known.revision, revision)) {
      // Rows were withdrawn, and a state knows no less than those before it: the next one begins with nothing.
      if (batch.anew) return MemoryIndex.load(revision, this.feed.scan(0, revision));
      batches.push(batch);
    }
    return known.with(revision, batches);
  }
}
