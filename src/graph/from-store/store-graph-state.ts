import { limitExceeded, type TendrilError } from '../../model/errors.js';
import { type Flow, MAX_FRONTIER } from '../../model/flow.js';
import type { Revision } from '../../model/revision.js';
import type { Expanded } from '../../model/rows.js';
import type { Millis } from '../../model/time.js';
import type { GraphQuery, GraphState, Guard } from '../graph-state.js';
import { PartialGraph } from './partial-graph.js';
import { PartialGraphView } from './partial-graph-view.js';

/** The most that may be read of a store for the queries of one operation about one state. */
export interface FetchLimits {
  /** Rows: entities and relationships. */
  readonly fetchedRows: number;
  /** Expansions, each of at most `MAX_FRONTIER` entities. */
  readonly expansions: number;
  /** Milliseconds spent reading. */
  readonly fetchMillis: number;
}

/** The limits of the service. */
export const FETCH_LIMITS: FetchLimits = { fetchedRows: 500_000, expansions: 2_000, fetchMillis: 20_000 };

const WORDS: Readonly<Record<keyof FetchLimits, string>> = {
  fetchedRows: 'entities and relationships read from the store',
  expansions: 'reads of the store',
  fetchMillis: 'milliseconds spent reading the store',
};

/** Gives the number of the entity with each id, in the same order; 0 where no entity has the id. */
export type LookUp = (ids: readonly string[], at: Revision) => Promise<readonly number[]>;

/** The reads that a graph state makes of a store. */
export interface StoreReader {
  readonly expand: Expand;
  readonly lookUp: LookUp;
}

/** Reads the relationships of `frontier` along `flow`, in the state of a revision. */
export type Expand = (frontier: readonly number[], flow: Flow, at: Revision) => Promise<Expanded>;

/**
 * Answers queries from the store, and reads only the data that each query needs. The query runs on the part of the
 * graph that was fetched; its missing data is fetched in bounded parts; then it runs again, until no data is missing or
 * a limit is reached.
 */
export class StoreGraphState implements GraphState {
  readonly whole = null;
  private readonly partial = new PartialGraph();
  private view: PartialGraphView;
  private reached: keyof FetchLimits | undefined;
  /** The limit was reached at this view. All partial answers are computed on it. */
  private viewAtLimit: PartialGraphView | undefined;
  private expansions = 0;
  private millis = 0;
  /** Queries run one after the other, because they share the data that is fetched. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    readonly revision: Revision,
    readonly now: Millis,
    private readonly store: StoreReader,
    private readonly limits: FetchLimits = FETCH_LIMITS,
  ) {
    this.view = this.newView();
  }

  get leftOut(): string | null {
    return this.reached === undefined ? null : this.sentence(this.reached);
  }

  query<T>(query: GraphQuery<T>, guard?: Guard): Promise<T> {
    return this.inTurn(() => this.answer(query, guard, false));
  }

  queryInPart<T>(query: GraphQuery<T>, guard?: Guard): Promise<T> {
    return this.inTurn(() => this.answer(query, guard, true));
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => {});
    return done;
  }

  private async answer<T>(query: GraphQuery<T>, guard: Guard = () => {}, inPart: boolean): Promise<T> {
    for (;;) {
      guard();
      const { view } = this;
      const answered = attempt(query, view);
      if (view.missing.size === 0) return answered();
      // After a limit nothing more is read. The data that is here may still suffice for the complete answer.
      if (this.reached === undefined) await this.fetch(view, guard);
      if (this.reached === undefined) {
        this.view = this.newView();
        continue;
      }
      this.viewAtLimit ??= this.newView();
      if (inPart) return query(this.viewAtLimit);
      const last = this.newView();
      const answer = attempt(query, last);
      if (last.missing.size === 0) return answer();
      throw this.tooMuch(this.reached);
    }
  }

  /** Fetches the missing data of a view, as far as the limits allow. */
  private async fetch(view: PartialGraphView, guard: Guard): Promise<void> {
    await this.lookUpIds(view, guard);
    for (const { frontier, flow } of view.missing.expansions(this.partial)) {
      this.reached ??= this.limitReached();
      if (this.reached !== undefined) return;
      guard();
      const since = performance.now();
      const rows = await this.store.expand(frontier, flow, this.revision);
      this.partial.add(rows, frontier, flow);
      this.expansions += 1;
      this.millis += performance.now() - since;
    }
  }

  /** Looks up the ids in bounded parts. The entity that has one is needed next, so it is fetched with the rest. */
  private async lookUpIds({ missing }: PartialGraphView, guard: Guard): Promise<void> {
    const { ids } = missing;
    for (let at = 0; at < ids.length; at += MAX_FRONTIER) {
      guard();
      const asked = ids.slice(at, at + MAX_FRONTIER);
      const numbers = await this.store.lookUp(asked, this.revision);
      for (const [place, id] of asked.entries()) {
        const number = numbers[place] ?? 0;
        this.partial.setNumber(id, number);
        missing.addStart(number);
      }
    }
  }

  private limitReached(): keyof FetchLimits | undefined {
    if (this.partial.rows >= this.limits.fetchedRows) return 'fetchedRows';
    if (this.expansions >= this.limits.expansions) return 'expansions';
    return this.millis >= this.limits.fetchMillis ? 'fetchMillis' : undefined;
  }

  private newView(): PartialGraphView {
    return new PartialGraphView(this.partial, this.revision, this.now);
  }

  private sentence(limit: keyof FetchLimits): string {
    return (
      `Not all data was read: this answer needs more than ${this.limits[limit]} ${WORDS[limit]}. ` +
      'Start the service with TENDRIL_INDEX=memory for the whole answer, or ask about less.'
    );
  }

  private tooMuch(limit: keyof FetchLimits): TendrilError {
    return limitExceeded(this.sentence(limit), limit, this.limits[limit]);
  }
}

/** Runs a query and keeps its result or its error: on a view with missing data it may fail for that alone. */
function attempt<T>(query: GraphQuery<T>, view: PartialGraphView): () => T {
  try {
    const answer = query(view);
    return () => answer;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
