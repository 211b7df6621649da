import type { Head, Revision } from '../../model/revision.js';
import type { Millis } from '../../model/time.js';
import type { GraphProvider } from '../graph-provider.js';
import type { GraphState } from '../graph-state.js';
import { waitForRevision } from '../wait-for-revision.js';
import {
  type Expand,
  FETCH_LIMITS,
  type FetchLimits,
  type LookUp,
  StoreGraphState,
} from './store-graph-state.js';

/** The reads that the provider needs of a store. */
export interface ExpandableStore {
  head(): Promise<Head>;
  revisionAt(at: Millis): Promise<Head>;
  readonly expand: Expand;
  entities(ids: readonly string[], at: Revision): Promise<({ readonly number: number } | undefined)[]>;
}

/** Gives states that are read from the store, for graphs that do not fit into memory. */
export class StoreGraphProvider implements GraphProvider {
  constructor(
    private readonly store: ExpandableStore,
    private readonly limits: FetchLimits = FETCH_LIMITS,
  ) {}

  async current(now: Millis, atLeast: Revision = 0): Promise<GraphState> {
    const { revision } = await waitForRevision(() => this.store.head(), atLeast);
    return this.at(revision, now);
  }

  async asOf(at: Millis): Promise<GraphState> {
    const { revision } = await this.store.revisionAt(at);
    return this.at(revision, at);
  }

  /** The state of a revision, with expiry judged at a moment. */
  at(revision: Revision, now: Millis): GraphState {
    const expand: Expand = (frontier, flow, state) => this.store.expand(frontier, flow, state);
    const lookUp: LookUp = async (ids, state) =>
      (await this.store.entities(ids, state)).map((entity) => entity?.number ?? 0);
    return new StoreGraphState(revision, now, { expand, lookUp }, this.limits);
  }
}
