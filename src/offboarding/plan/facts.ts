import type { GraphState } from '../../graph/graph-state.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import type { EntityRecord, RelationshipKey } from '../../model/entity.js';
import { KINDS, type Kind } from '../../model/kinds.js';
import type { Revision } from '../../model/revision.js';
import type { Store } from '../../store/store.js';
import type { RelationshipDetails, RelationshipName } from './change.js';
import type { Facts } from './context.js';

/** What planning reads of a store besides the graph. */
export type FactStore = Pick<Store, 'entitiesByNumber' | 'relationships' | 'sources'>;

/** How many records one round trip fetches at most. */
const BATCH = 5_000;

/**
 * Runs synchronous planning on a state of the graph, and on records of that state that are fetched from the store.
 *
 * Nobody knows beforehand which records a plan touches: that hangs on its decisions, which hang on records. So
 * the work runs on what is there, notes what it lacked, and runs again once that is fetched; what it gave or threw
 * while it lacked something is forgotten. A round that decides needs the things to decide and their tokens, a
 * second one what those decisions end and replace: three rounds are usual, and each costs what the plan touches.
 *
 * @param work must do nothing but compute: it runs several times
 * @throws UNAVAILABLE when the store cannot be read; whatever `work` throws once nothing is lacking
 */
export async function withFacts<T>(
  store: FactStore,
  graphState: GraphState,
  work: (view: GraphView, facts: Facts) => T,
): Promise<T> {
  const sources = await store.sources(graphState.revision);
  const known = new FetchedRecords(
    store,
    graphState.revision,
    new Map(sources.map(({ number, id }) => [number, id])),
  );
  for (;;) {
    const { outcome, facts } = await graphState.query((view) => {
      const facts = new FetchedFacts(view, known);
      return { outcome: attempt(() => work(view, facts)), facts };
    });
    if (!facts.lacks) return outcome();
    await known.fetch(facts);
  }
}

/** What came of some work, value or error, for whoever asks. */
function attempt<T>(work: () => T): () => T {
  try {
    const value = work();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

/** What was fetched of one state so far, for every look at it. */
class FetchedRecords {
  readonly records = new Map<EntityNumber, EntityRecord>();
  readonly details = new Map<string, RelationshipDetails>();

  constructor(
    private readonly store: FactStore,
    readonly revision: Revision,
    readonly sources: ReadonlyMap<number, string>,
  ) {}

  /** Fetches everything that was lacking. */
  async fetch({ wantedRecords, wantedDetails }: FetchedFacts): Promise<void> {
    for (const numbers of batches([...wantedRecords])) {
      const found = await this.store.entitiesByNumber(numbers, this.revision);
      for (const [at, record] of found.entries()) {
        if (record === undefined) throw new Error(`there is no entity ${numbers[at]} in the store`);
        this.records.set(record.number, record);
      }
    }
    for (const wanted of batches([...wantedDetails])) {
      const keys = wanted.map(([, key]) => key);
      const found = await this.store.relationships(keys, this.revision);
      for (const [at, record] of found.entries()) {
        const scopes = record?.scopes ?? [];
        this.details.set(wanted[at]![0], scopes.length === 0 ? {} : { scopes });
      }
    }
  }
}

/** What is known, for one look at a view; what it lacks it notes. */
class FetchedFacts implements Facts {
  readonly wantedRecords = new Set<EntityNumber>();
  readonly wantedDetails = new Map<string, RelationshipKey>();

  constructor(
    private readonly view: GraphView,
    private readonly known: FetchedRecords,
  ) {}

  /** Whether something was asked for that is not here yet. */
  get lacks(): boolean {
    return this.wantedRecords.size + this.wantedDetails.size > 0;
  }

  recordOf(entity: EntityNumber): EntityRecord {
    const known = this.known.records.get(entity);
    if (known !== undefined) return known;
    this.wantedRecords.add(entity);
    return standIn(this.view, entity);
  }

  sourceId(source: number): string {
    const id = this.known.sources.get(source);
    if (id === undefined) throw new Error(`there is no source ${source} at revision ${this.known.revision}`);
    return id;
  }

  detailsOf(name: RelationshipName): RelationshipDetails {
    const text = keyOf(name);
    const known = this.known.details.get(text);
    if (known !== undefined) return known;
    const { type, from, to, permission = null } = name;
    const [start, end] = [this.view.numberOf(from), this.view.numberOf(to)];
    this.wantedDetails.set(text, { type, from: start, to: end, permission });
    return {};
  }
}

/** What stands for a record until it is fetched: of the right kind, and as if nothing were known of it. */
function standIn(view: GraphView, entity: EntityNumber): EntityRecord {
  return {
    number: entity,
    id: view.idOf(entity),
    kind: KINDS[view.kindOf(entity)] as Kind,
    name: '',
    status: 'ACTIVE',
    source: view.sourceOf(entity),
    externalId: null,
    createdAt: null,
    lastUsedAt: null,
    firstSeenAt: 0,
    lastSeenAt: 0,
    properties: {},
    attributes: {},
    claim: { present: true, status: 'ACTIVE', reportedAt: 0 },
    overlay: null,
  };
}

const keyOf = ({ type, from, to, permission }: RelationshipName): string =>
  JSON.stringify([type, from, to, permission ?? null]);

function batches<T>(items: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < items.length; at += BATCH) parts.push(items.slice(at, at + BATCH));
  return parts;
}
