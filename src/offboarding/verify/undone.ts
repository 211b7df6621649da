import type { GraphState } from '../../graph/graph-state.js';
import type { GraphView } from '../../graph/view.js';
import { deriveStatus } from '../../model/claims.js';
import { STATUSES, type Status } from '../../model/kinds.js';
import { ruleOf } from '../../model/relationships.js';
import type { Store } from '../../store/store.js';
import type { CaseAction } from '../case/case-action.js';
import type { Change, RelationshipName } from '../plan/change.js';
import type { Facts } from '../plan/context.js';
import { OverlayView } from '../plan/overlay-view.js';

/** For each use that the case ended: whether its workload needs it to work. */
export type Required = ReadonlyMap<string, boolean>;

/** Reads from the store which of the ended uses were required: the graph does not know ended relationships. */
export async function requiredUses(
  store: Pick<Store, 'relationships'>,
  graphState: GraphState,
  actions: readonly CaseAction[],
): Promise<Required> {
  const names = doneChanges(actions).flatMap((change) =>
    change.change === 'END' && ruleOf(change.relationship.type).properties.includes('required')
      ? [change.relationship]
      : [],
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
  return new Map(names.map((name, at) => [keyOf(name), records[at]?.required ?? true]));
}

/**
 * The graph as it would be now if the case had done nothing. What others did in the meantime is in it, so that every
 * difference was made by the case. Both graphs are judged at the same moment.
 */
export function withoutCase(
  view: GraphView,
  facts: Facts,
  actions: readonly CaseAction[],
  required: Required,
): OverlayView {
  const undo: Change[] = [];
  for (const change of doneChanges(actions)) {
    if (change.change === 'SET_STATUS') {
      const status = statusWithout(view, facts, change.entity);
      if (status !== null) undo.push({ change: 'SET_STATUS', entity: change.entity, status });
    } else if (change.change === 'END') {
      const { relationship } = change;
      const isRequired = required.get(keyOf(relationship)) ?? true;
      undo.push({ change: 'OPEN', relationship: { ...relationship, required: isRequired } });
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
