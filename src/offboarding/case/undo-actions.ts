import { type Kind, STATUSES } from '../../model/kinds.js';
import { ruleOf } from '../../model/relationships.js';
import type { UndoDetails } from '../plan/action-details.js';
import type { Change, NewEntity } from '../plan/change.js';
import type { Action, PlanBody, UndoAction } from '../plan/plan.js';

/** How what was made is ended again. */
const ENDING: Partial<Record<Kind, UndoAction['kind']>> = {
  ServiceIdentity: 'RETIRE',
  Grant: 'REVOKE_GRANT',
  Token: 'REVOKE_TOKEN',
};

/**
 * What undoes those actions of phase 2 that were done: workloads are bound as they were, secrets hold what they
 * held, and what was made is retired, whatever was made last first. Carried out like any other actions, in this
 * order. Call it when no action of the case is under way any more.
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
    // What came later stood on what came earlier, so it goes first.
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

/** What was opened ends, and what ended is again what it was, the last first. */
function reversed(changes: readonly Change[]): Change[] {
  return [...changes].reverse().flatMap((change): Change[] => {
    if (change.change === 'OPEN') {
      const {
        required: _required,
        scopes: _scopes,
        restored: _restored,
        ...relationship
      } = change.relationship;
      return [{ change: 'END', relationship }];
    }
    if (change.change !== 'END') return [];
    return [{ change: 'OPEN', relationship: { ...change.relationship, restored: true } }];
  });
}

/** What was made has ended; what it stood in for no longer counts as replaced. */
function ended(made: NewEntity, changes: readonly Change[]): Change[] {
  const replaced = reversed(changes).filter(
    (change) => change.change === 'END' && ruleOf(change.relationship.type).role === 'SUCCESSION',
  );
  return [{ change: 'SET_STATUS', entity: made.id, status: STATUSES[made.kind].ended }, ...replaced];
}

/** Whoever writes a secret back has to know which token it held before. */
function keptPlaces({ kind, changes }: Action): Partial<Pick<UndoDetails, 'removes'>> {
  if (kind !== 'WRITE_SECRET') return {};
  return {
    removes: changes.flatMap((change) => (change.change === 'OPEN' ? [change.relationship.from] : [])),
  };
}
