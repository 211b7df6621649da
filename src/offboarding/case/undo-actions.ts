import { type Kind, STATUSES } from '../../model/kinds.js';
import { ruleOf } from '../../model/relationships.js';
import type { UndoDetails } from '../plan/action-details.js';
import type { Change, NewEntity } from '../plan/change.js';
import type { Action, PlanBody, UndoAction } from '../plan/plan.js';

/** The kind of action that ends an entity which phase 2 made. */
const ENDING: Partial<Record<Kind, UndoAction['kind']>> = {
  ServiceIdentity: 'RETIRE',
  Grant: 'REVOKE_GRANT',
  Token: 'REVOKE_TOKEN',
};

/**
 * The actions that undo the done actions of phase 2, in reverse order: workloads are bound as before, secrets hold
 * what they held before, and what was made is retired. They are carried out like other actions. Call it when no action
 * of the case is under way.
 *
 * @param done ids of the actions that were done
 */
export function undoActions(plan: PlanBody, done: ReadonlySet<string>): UndoAction[] {
  const undone = plan.actions
    .filter(({ id, phase }) => phase === 2 && done.has(id))
    .map((action) => ({ action, undoing: undoing(action) }))
    .filter((pair) => pair.undoing !== null)
    .reverse();
  const idOf = new Map(undone.map(({ action, undoing: undo }) => [action.id, undo!.id]));
  return undone.map(({ action, undoing: undo }) => ({
    ...undo!,
    // An action that depended on this one is undone before it.
    dependsOn: undone
      .filter(({ action: later }) => later.dependsOn.includes(action.id))
      .map(({ action: later }) => idOf.get(later.id)!)
      .sort(),
  }));
}

/** The opposite of one action; null where it changed nothing. */
function undoing(action: Action): UndoAction | null {
  const made = action.changes.find((change) => change.change === 'CREATE');
  if (made === undefined && action.changes.length === 0) return null;
  const kind = made === undefined ? action.kind : ENDING[made.entity.kind]!;
  return {
    ...action,
    id: `undo/${kind}/${action.entity}`,
    kind,
    dependsOn: [],
    changes: made === undefined ? reversed(action.changes) : ended(made.entity, action.changes),
    early: true,
    details: { undoes: action.id, ...keptPlaces(action) },
  };
}

/** The opposite changes in reverse order: opened relationships end, and ended ones are restored. */
function reversed(changes: readonly Change[]): Change[] {
  return [...changes].reverse().flatMap((change): Change[] => {
    if (change.change === 'OPEN') {
      const {
        required: _required,
        scopes: _scopes,
        sustains: _sustains,
        restored: _restored,
        ...relationship
      } = change.relationship;
      return [{ change: 'END', relationship: { ...relationship, withdrawn: true } }];
    }
    if (change.change !== 'END') return [];
    return [{ change: 'OPEN', relationship: { ...change.relationship, restored: true } }];
  });
}

/** The changes that end what was made. What it replaced does not count as replaced any more. */
function ended(made: NewEntity, changes: readonly Change[]): Change[] {
  const replaced = reversed(changes).filter(
    (change) => change.change === 'END' && ruleOf(change.relationship.type).role === 'SUCCESSION',
  );
  return [{ change: 'SET_STATUS', entity: made.id, status: STATUSES[made.kind].ended }, ...replaced];
}

/** Details for the person or source that restores a secret: the tokens to remove from it. */
function keptPlaces({ kind, changes }: Action): Partial<Pick<UndoDetails, 'removes'>> {
  if (kind !== 'WRITE_SECRET') return {};
  return {
    removes: changes.flatMap((change) => (change.change === 'OPEN' ? [change.relationship.from] : [])),
  };
}
