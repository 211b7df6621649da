import type { GraphState } from '../../graph/graph-state.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import type { EntityRecord, RelationshipKey } from '../../model/entity.js';
import { KINDS, type Kind } from '../../model/kinds.js';
import type { Revision } from '../../model/revision.js';
import type { Store } from '../../store/store.js';
import type { RelationshipDetails, RelationshipName } from './change.js';
import type { Facts } from './context.js';

/** The part of a store from which planning reads records. */
export type FactStore = Pick<Store, 'entitiesByNumber' | 'relationships' | 'sources'>;

/** How many records one round trip fetches at most. */
const BATCH = 5_000;

/**
 * Runs synchronous planning on a state of the graph, and on records of that state that are fetched from the store.
 *
 * It is not known beforehand which records a plan touches: that depends on its decisions, which depend on records. So
 * the work runs on the records that are there, and the records that it misses are noted and fetched. Then it runs
 * again; a result or an error of a run with missing records is dropped. The first round needs the entities to decide
 * about and their tokens, the second what these decisions end and replace. Three rounds are usual, and each costs in
 * proportion to what the plan touches.
 *
 * @param work must not have side effects: it runs several times
 * @throws UNAVAILABLE when the store cannot be read; what `work` throws when no record is missing
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
    if (!facts.isMissingData) return outcome();
    await known.fetch(facts);
  }
}

/** Runs the work now; the function that is returned gives its result or throws its error. */
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

/** The records of one state that were fetched so far, shared by all rounds. */
class FetchedRecords {
  readonly records = new Map<EntityNumber, EntityRecord>();
  readonly details = new Map<string, RelationshipDetails>();

  constructor(
    private readonly store: FactStore,
    readonly revision: Revision,
    readonly sources: ReadonlyMap<number, string>,
  ) {}

  /** Fetches everything that was missing. */
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

/** The facts for one round. Records that are missing are noted. */
class FetchedFacts implements Facts {
  readonly wantedRecords = new Set<EntityNumber>();
  readonly wantedDetails = new Map<string, RelationshipKey>();

  constructor(
    private readonly view: GraphView,
    private readonly known: FetchedRecords,
  ) {}

  /** Whether something was asked for that is not here yet. */
  get isMissingData(): boolean {
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

/** A placeholder for a record that is not fetched yet: it has the right kind and no other properties. */
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
