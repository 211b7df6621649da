import { isDeepStrictEqual } from 'node:util';
import { ofTypes, stepsInto } from '../graph/collect-steps.js';
import type { GraphState } from '../graph/graph-state.js';
import { ACCOUNT } from '../graph/kind-codes.js';
import { blindSpots } from '../graph/radii/blind-spots.js';
import { CONSENT, ISSUANCE } from '../graph/relationship-types.js';
import type { EntityNumber, GraphView } from '../graph/view.js';
import { formatTime, type Millis } from '../model/time.js';
import type { Visibility } from '../model/visibility.js';
import type { Store } from '../store/store.js';

/** What is needed to say what the sources let one see. */
export interface Looking {
  readonly store: Pick<Store, 'sources'>;
  /** How long after its last sync a source is stale, in milliseconds. */
  readonly staleAfter: Millis;
}

/**
 * What the sources let one see of people and accounts, at one state of the graph and its moment (semantics, section 3).
 *
 * @param about numbers of humans and accounts; those that are not in the graph are left out
 */
export async function visibleOf(
  { store, staleAfter }: Looking,
  graphState: GraphState,
  about: (view: GraphView) => readonly EntityNumber[],
): Promise<Visibility> {
  // Tendril's own source is never read, and never stale.
  const sources = (await store.sources(graphState.revision)).filter(({ syncedAt }) => syncedAt > 0);
  const names = new Map(sources.map(({ number, id }) => [number, id]));
  return graphState.query((view) => ({
    blindSpots: about(view)
      .filter((start) => start !== 0)
      .flatMap((start) => blindSpots(view, start, sources))
      .map(({ account, source, missing, because }) => ({
        account: view.idOf(account),
        source: names.get(source) ?? String(source),
        missing,
        because,
      }))
      .filter((spot, at, all) => at === all.findIndex((other) => isDeepStrictEqual(other, spot))),
    coverage: sources.map(({ id, syncedAt }) => ({
      source: id,
      lastSync: formatTime(syncedAt),
      stale: view.now - syncedAt > staleAfter,
    })),
  }));
}

const gives = ofTypes(CONSENT, ISSUANCE);

/** Of these things the accounts, and the accounts that gave the others: each once, in order of id. */
export function accountsBehind(view: GraphView, ids: Iterable<string>): EntityNumber[] {
  const accounts = new Set<EntityNumber>();
  for (const id of ids) {
    const thing = view.numberOf(id);
    if (thing === 0) continue;
    if (view.kindOf(thing) === ACCOUNT) accounts.add(thing);
    else
      for (const { to: giver } of stepsInto(view, thing, gives))
        if (view.kindOf(giver) === ACCOUNT) accounts.add(giver);
  }
  return [...accounts].sort((a, b) => view.compare(a, b));
}
