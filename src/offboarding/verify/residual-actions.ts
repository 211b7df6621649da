import { formatTime } from '../../model/time.js';
import type { ActionState, CaseAction } from '../case/case-action.js';
import { isSettled } from '../case/case-action.js';
import type { Residual } from '../case/verification.js';
import { isSelfContained } from '../plan/plan.js';
import type { CaseInspection } from './case-inspection.js';
import { isComplete, tokensToDie } from './to-rotate.js';

/** Values of an entry where nothing more precise is known. */
export interface Common {
  /** ISO 8601: when the case was inspected. */
  readonly now: string;
  /** The person who executed the case; they answer for entries for which nobody else does. */
  readonly owner: string | null;
}

/** The residual entries that follow from the outcomes of actions. */
export function residualOfActions(inspection: CaseInspection, common: Common): Residual[] {
  const { actions } = inspection.inspected;
  return actions.flatMap((action) => {
    const base = baseOf(action, common);
    if (action.action.phase === 7 && !isSettled(action)) return [];
    if (action.state === 'WAIVED') return [waived(action, base, common)];
    const why = WHY[action.state]?.(action);
    if (why !== undefined) return [{ ...base, why }];
    return action.state === 'DONE' ? ofDone(inspection, action, base) : [];
  });
}

const WHY: Partial<Record<ActionState, (action: CaseAction) => string>> = {
  IRREVOCABLE: ({ action, lastError }) =>
    `IRREVOCABLE: ${action.kind} was refused: ${lastError ?? 'no reason was given'}.`,
  WAITING_FOR_PERSON: ({ action }) => `${action.kind} waits for a person who does it and attests it.`,
  REQUESTED: ({ action }) => `${action.kind} has begun at its source, which has not called back.`,
  RUNNING: ({ action }) => `${action.kind} was tried and has no answer yet.`,
  PENDING: ({ action }) => `${action.kind} has not been tried.`,
};

function baseOf(
  { action, settledAt, requestedAt, because }: CaseAction,
  { now, owner }: Common,
): Omit<Residual, 'why'> {
  const since = settledAt ?? requestedAt ?? now;
  return { entity: action.entity, kind: 'OPEN', since, until: null, owner, action: action.id, path: because };
}

function waived({ action, waiver }: CaseAction, base: Omit<Residual, 'why'>, { now }: Common): Residual {
  const until = waiver?.until ?? now;
  const owner = waiver?.owner ?? base.owner;
  const said = `${action.kind} was waived by ${waiver?.by ?? 'nobody known'}: ${waiver?.reason ?? 'no reason'}.`;
  // While the waiver lasts it is only noted. What can still be reached because of it has an entry of its own.
  if (until > now) return { ...base, kind: 'NOTED', why: said, until, owner, waivedUntil: until };
  return { ...base, why: `The waiver has run out. ${said}`, owner, waivedUntil: until };
}

function ofDone(inspection: CaseInspection, action: CaseAction, base: Omit<Residual, 'why'>): Residual[] {
  const { view } = inspection.inspected;
  const { kind, entity, details } = action.action;
  if (kind === 'REVOKE_TOKEN' && isSelfContained({ details }) && view.isLive(view.numberOf(entity))) {
    const until = expiryOf(inspection, entity);
    const why =
      until === null
        ? 'IRREVOCABLE: whoever checks this self-contained token asks nobody, and it never expires.'
        : 'Whoever checks this self-contained token asks nobody: it works until it expires.';
    return [{ ...base, why, until }];
  }
  if (kind !== 'ROTATE_SECRET' || isComplete(inspection, action)) return [];
  const alive = tokensToDie(details).filter((id) => view.isLive(view.numberOf(id)));
  const expiries = alive.map((id) => expiryOf(inspection, id));
  const ends = expiries.filter((time) => time !== null).sort();
  const until = ends.length === alive.length ? (ends.at(-1) ?? null) : null;
  const why = `Rotated, and not complete until what it stored is dead: ${alive.join(', ')}.`;
  return [{ ...base, why, until }];
}

function expiryOf({ inspected: { view, facts } }: CaseInspection, id: string): string | null {
  const { expiresAt } = facts.recordOf(view.numberOf(id)).properties;
  return typeof expiresAt === 'number' ? formatTime(expiresAt) : null;
}
