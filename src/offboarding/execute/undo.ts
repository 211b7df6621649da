import { formatTime } from '../../model/time.js';
import type { CaseAction } from '../case/case-action.js';
import { newAction } from '../case/case-actions.js';
import { actionDocument } from '../case/case-documents.js';
import { stateAfter } from '../case/case-states.js';
import { caseFact } from '../case/change-case.js';
import { undoActions } from '../case/undo-actions.js';
import { hashOf } from '../hash.js';
import { actorOf } from './action-events.js';
import { changeAsHolder } from './case-lease.js';
import { UNDO } from './next-step.js';
import type { Run } from './run.js';

/**
 * Adds the actions that undo phase 2 of a cancelled case. Where there is nothing to undo, the case ends at once.
 */
export async function planUndoing(run: Run): Promise<void> {
  const { caseContext, held, plan, actions } = run;
  const done = new Set(actions.filter(({ state }) => state === 'DONE').map(({ action }) => action.id));
  const undo = undoActions(plan.body, done);
  if (undo.length === 0) {
    await endCancelled(run);
    return;
  }
  const first = actions.length;
  const added = undo.map((action, at) =>
    newAction(held.case, first + at, action, {
      idempotencyKey: hashOf([plan.hash, 'undo', action.kind, action.entity]),
    }),
  );
  await changeAsHolder(caseContext, held, async (offboarding) => ({
    case: offboarding,
    documents: added.map(actionDocument),
    facts: [
      caseFact('UNDOING_PLANNED', actorOf(offboarding), offboarding, {
        after: { actions: added.map(({ action }) => action.id) },
      }),
    ],
  }));
}

/** Ends a cancelled case, and lists what could not be undone. */
export async function endCancelled({ caseContext, held, actions }: Run): Promise<boolean> {
  const left = actions
    .filter((added) => added.action.id.startsWith(UNDO) && added.state !== 'DONE')
    .map(nameOf);
  const stays = actions.filter(({ action, state }) => action.phase > 4 && state === 'DONE').map(nameOf);
  const words = [
    ...(left.length === 0
      ? []
      : [`These could not be undone, see why and do them by hand: ${left.join(', ')}.`]),
    ...(stays.length === 0 ? [] : [`These were done before, and stay so: ${stays.join(', ')}.`]),
  ];
  const because = words.length === 0 ? null : words.join(' ');
  await changeAsHolder(caseContext, held, async (offboarding) => ({
    case: {
      ...offboarding,
      state: stateAfter('END_CANCELLED', offboarding.state),
      lease: null,
      wakeAt: null,
      because,
      endedAt: formatTime(caseContext.clock.now()),
    },
    facts: [
      caseFact('CASE_UNDONE', actorOf(offboarding), offboarding, {
        before: { state: offboarding.state },
        after: { state: 'CANCELLED', left, stays },
      }),
    ],
  }));
  return true;
}

const nameOf = ({ action }: CaseAction): string => action.id;
