import { limitExceeded, type TendrilError } from '../../model/errors.js';
import { type Flow, MAX_FRONTIER } from '../../model/flow.js';
import type { Revision } from '../../model/revision.js';
import type { Expanded } from '../../model/rows.js';
import type { Millis } from '../../model/time.js';
import type { GraphQuery, GraphState, Guard } from '../graph-state.js';
import { PartialGraph } from './partial-graph.js';
import { PartialGraphView } from './partial-graph-view.js';

/** What may be read of a store for the questions of one operation about one state. */
export interface FetchLimits {
  /** Rows: entities and relationships. */
  readonly fetchedRows: number;
  /** Expansions, each of at most `MAX_FRONTIER` entities. */
  readonly expansions: number;
  /** Milliseconds spent reading. */
  readonly fetchMillis: number;
}

export const FETCH_LIMITS: FetchLimits = { fetchedRows: 500_000, expansions: 2_000, fetchMillis: 20_000 };

const WORDS: Readonly<Record<keyof FetchLimits, string>> = {
  fetchedRows: 'entities and relationships read from the store',
  expansions: 'reads of the store',
  fetchMillis: 'milliseconds spent reading the store',
};

/** Numbers of entities by id, in the order asked; 0 for an id that nobody has. */
export type LookUp = (ids: readonly string[], at: Revision) => Promise<readonly number[]>;

/** What a graph state reads of a store. */
export interface StoreReader {
  readonly expand: Expand;
  readonly lookUp: LookUp;
}

export type Expand = (frontier: readonly number[], flow: Flow, at: Revision) => Promise<Expanded>;

/**
 * Answers queries from the store, and reads only what each query needs: the query runs on the part of the graph that
 * is there, its missing data is fetched in bounded pieces, and it runs again, until nothing is missing or a limit is
 * reached.
 */
export class StoreGraphState implements GraphState {
  readonly whole = null;
  private readonly partial = new PartialGraph();
  private view: PartialGraphView;
  private reached: keyof FetchLimits | undefined;
  /** What had been fetched when a limit was reached: all partial answers are from this view. */
  private part: PartialGraphView | undefined;
  private expansions = 0;
  private millis = 0;
  /** Questions take turns: they share what is fetched. */
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

  query<T>(question: GraphQuery<T>, guard?: Guard): Promise<T> {
    return this.inTurn(() => this.answer(question, guard, false));
  }

  queryInPart<T>(question: GraphQuery<T>, guard?: Guard): Promise<T> {
    return this.inTurn(() => this.answer(question, guard, true));
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => {});
    return done;
  }

  private async answer<T>(question: GraphQuery<T>, guard: Guard = () => {}, inPart: boolean): Promise<T> {
    for (;;) {
      guard();
      const { view } = this;
      const guess = attempt(question, view);
      if (view.missing.size === 0) return guess();
      // After a limit nothing more is read; whoever asks for the whole answer may still get it from what is here.
      if (this.reached === undefined) await this.fetch(view, guard);
      if (this.reached === undefined) {
        this.view = this.newView();
        continue;
      }
      this.part ??= this.newView();
      if (inPart) return question(this.part);
      const last = this.newView();
      const answer = attempt(question, last);
      if (last.missing.size === 0) return answer();
      throw this.tooMuch(this.reached);
    }
  }

  /** Fetches what a view misses, as far as the limits let it. */
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

  /** Asks whose the ids are, in pieces; whoever has one is looked at next, so that is fetched with the rest. */
  private async lookUpIds({ missing }: PartialGraphView, guard: Guard): Promise<void> {
    const { ids } = missing;
    for (let at = 0; at < ids.length; at += MAX_FRONTIER) {
      guard();
      const asked = ids.slice(at, at + MAX_FRONTIER);
      const numbers = await this.store.lookUp(asked, this.revision);
      for (const [place, id] of asked.entries()) {
        const number = numbers[place] ?? 0;
        this.partial.name(id, number);
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
      `Not all was looked at: this answer needs more than ${this.limits[limit]} ${WORDS[limit]}. ` +
      'Start the service with TENDRIL_INDEX=memory for the whole answer, or ask about less.'
    );
  }

  private tooMuch(limit: keyof FetchLimits): TendrilError {
    return limitExceeded(this.sentence(limit), limit, this.limits[limit]);
  }
}

/** Asks, and keeps what came of it: on a view with missing data a query may fail for that alone. */
function attempt<T>(question: GraphQuery<T>, view: PartialGraphView): () => T {
  try {
    const answer = question(view);
    return () => answer;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}
