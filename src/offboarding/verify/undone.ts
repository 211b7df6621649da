import type { GraphState } from '../../graph/graph-state.js';
import type { GraphView } from '../../graph/view.js';
import { deriveStatus } from '../../model/claims.js';
import { STATUSES, type Status } from '../../model/kinds.js';
import { ruleOf } from '../../model/relationships.js';
import type { Store } from '../../store/store.js';
import type { CaseAction } from '../case/case-action.js';
import type { Change, RelationshipDetails, RelationshipName } from '../plan/change.js';
import type { Facts } from '../plan/context.js';
import { OverlayView } from '../plan/overlay-view.js';

/** What a relationship said that the case ended: whether a workload needs it to work, and whether one end sustains the other. */
export type Said = ReadonlyMap<string, Pick<RelationshipDetails, 'required' | 'sustains'>>;

/** Reads from the store what the ended relationships said: the graph does not know them any more. */
export async function whatEndedSaid(
  store: Pick<Store, 'relationships'>,
  graphState: GraphState,
  actions: readonly CaseAction[],
): Promise<Said> {
  const names = doneChanges(actions).flatMap((change) =>
    change.change === 'END' && saysMore(change.relationship) ? [change.relationship] : [],
  );
  const keys = await graphState.query((view) =>
    names.map(({ type, from, to }) => ({
      type,
      from: view.numberOf(from),
      to: view.numberOf(to),
      permission: null,
    })),
  );
  const records = keys.length === 0 ? [] : await store.relationships(keys, graphState.revision);
  return new Map(
    names.map((name, at) => {
      const { required = true, sustains = false } = records[at] ?? {};
      return [keyOf(name), { required, sustains }];
    }),
  );
}

const saysMore = ({ type }: RelationshipName): boolean =>
  ruleOf(type).properties.some((property) => property === 'required' || property === 'sustains');

/**
 * The graph as it would be now if the case had done nothing. What others did in the meantime is in it, so that every
 * difference was made by the case. Both graphs are judged at the same moment.
 */
export function withoutCase(
  view: GraphView,
  facts: Facts,
  actions: readonly CaseAction[],
  said: Said,
): OverlayView {
  const undo: Change[] = [];
  for (const change of doneChanges(actions)) {
    if (change.change === 'SET_STATUS') {
      const status = statusWithout(view, facts, change.entity);
      if (status !== null) undo.push({ change: 'SET_STATUS', entity: change.entity, status });
    } else if (change.change === 'END') {
      const { relationship } = change;
      undo.push({ change: 'OPEN', relationship: { ...relationship, ...said.get(keyOf(relationship)) } });
    } else if (change.change === 'OPEN') undo.push({ change: 'END', relationship: change.relationship });
  }
  const known = (name: RelationshipName) => view.numberOf(name.from) !== 0 && view.numberOf(name.to) !== 0;
  return new OverlayView(
    view,
    undo.filter((change) =>
      change.change === 'SET_STATUS' || change.change === 'CREATE' ? true : known(change.relationship),
    ),
  );
}

/** The changes of all done actions in reverse order: the order in which they have to be undone. */
export function doneChanges(actions: readonly CaseAction[]): Change[] {
  const done = actions.filter(({ state }) => state === 'DONE');
  return done.flatMap(({ action }) => action.changes).reverse();
}

/** The status of an entity by the claim of its source alone; null where it has expired, or is not known. */
function statusWithout(view: GraphView, facts: Facts, id: string): Status | null {
  const entity = view.numberOf(id);
  if (entity === 0) return null;
  const { kind, claim, properties } = facts.recordOf(entity);
  const { expiresAt } = properties;
  if (typeof expiresAt === 'number' && expiresAt <= view.now) return null;
  const status = deriveStatus(kind, claim, null);
  // A leaving person counts as active, because it was the case that changed that.
  return kind === 'Human' ? (STATUSES[kind].live[0] as Status) : (status as Status);
}

const keyOf = ({ type, from, to }: RelationshipName): string => JSON.stringify([type, from, to]);
