import type { Step } from '../../graph/answers.js';
import type { GraphQuery, GraphState, WholeView } from '../../graph/graph-state.js';
import { CASES } from '../../model/claims.js';
import type { RelationshipRecord, SourceRecord } from '../../model/entity.js';
import { OWN_SOURCE } from '../../model/ids.js';
import { PERMISSIONS } from '../../model/levels.js';
import { RELATIONSHIP_TYPES } from '../../model/relationships.js';
import { codePermission, codeType } from '../../model/rows.js';
import type { Millis } from '../../model/time.js';
import { lastKnownSource } from './last-known.js';
import { type Loaders, loaders } from './loaders.js';
import type { Services } from './services.js';

/** What a moment is made with, besides its state. */
export interface MomentOptions {
  /** The operation's services for reading. */
  readonly services: Services;
  /** The `asOf` that was given; null: none was, so that the time is now. */
  readonly asOf: Millis | null;
  /** Loads the state for queries of the graph; called once, when it is first needed. */
  readonly graphState: () => Promise<GraphState>;
}

/** One state of the graph at one time, as the fields of an operation read it. */
export class Moment {
  readonly loaders: Loaders;
  readonly services: Services;
  /** The `asOf` that was given; null: none was, so that the time is now. */
  readonly asOf: Millis | null;
  #graphState: Promise<GraphState> | undefined;
  readonly #options: MomentOptions;

  /**
   * @param revision the state
   * @param now the time at which expiry is judged
   */
  constructor(
    readonly revision: number,
    readonly now: Millis,
    options: MomentOptions,
  ) {
    this.#options = options;
    this.services = options.services;
    this.asOf = options.asOf;
    this.loaders = loaders(options.services.store, revision);
  }

  graphState(): Promise<GraphState> {
    this.#graphState ??= this.#options.graphState();
    return this.#graphState;
  }

  /** Queries this state. @throws LIMIT_EXCEEDED where the answer needs more reads than are allowed */
  async query<T>(question: GraphQuery<T>): Promise<T> {
    return (await this.graphState()).query(question);
  }

  /** Queries this state, and accepts an incomplete answer; see `GraphState.leftOut`. */
  async queryInPart<T>(question: GraphQuery<T>): Promise<T> {
    return (await this.graphState()).queryInPart(question);
  }

  /** The whole state where it is in memory; null where it is in the store. */
  async whole(): Promise<WholeView | null> {
    return (await this.graphState()).whole;
  }

  /** The relationship of a step in a path. */
  async relationshipOf(step: Step): Promise<RelationshipRecord> {
    const type = RELATIONSHIP_TYPES[codeType(step.code)];
    if (type === undefined) throw new Error(`No relationship type has the code ${codeType(step.code)}.`);
    const [from, to] = step.against ? [step.to, step.from] : [step.from, step.to];
    const permission = PERMISSIONS[codePermission(step.code) - 1] ?? null;
    const record = await this.loaders.relationship.load({ type, from, to, permission });
    if (record === undefined) throw new Error(`The store has no ${type} from ${from} to ${to}.`);
    return record;
  }

  /** A source by its number. Entities that cases made belong to a source of our own. */
  async source(number: number): Promise<SourceRecord> {
    if (number === CASES) return OURS;
    const there = (await this.loaders.sources()).find((source) => source.number === number);
    const found = there ?? (await lastKnownSource(this.services.store, number, this.revision));
    if (found === undefined) throw new Error(`The store has no source ${number} at ${this.revision}.`);
    return found;
  }
}

const OURS: SourceRecord = {
  number: CASES,
  id: OWN_SOURCE,
  vendor: OWN_SOURCE,
  name: 'Tendril',
  actuation: 'MANUAL',
  reports: [],
  couldNotRead: [],
  syncedAt: 0,
  fullSyncedAt: null,
};
