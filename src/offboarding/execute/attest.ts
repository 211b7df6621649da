import type { Actor } from '../../model/audit.js';
import { badInput, conflict } from '../../model/errors.js';
import { formatTime } from '../../model/time.js';
import type { Case } from '../case/case.js';
import type { ActionState, CaseAction } from '../case/case-action.js';
import { actionDocument, actionsOf } from '../case/case-documents.js';
import { requirePossible } from '../case/case-states.js';
import { changeCase } from '../case/change-case.js';
import { requireReason } from '../case/reason.js';
import type { CaseContext } from '../case-context.js';
import { UNDO } from './next-step.js';
import { type RecordedOutcome, recordDone } from './record-outcome.js';

/** Input of {@link attestActions}. */
export interface AttestActions {
  readonly offboarding: string;
  /** Ids of actions. */
  readonly actions: readonly string[];
  /** What the person says. */
  readonly statement: string;
  /** Where that can be seen: a ticket, the address of a screenshot, a reference to a log. */
  readonly evidence: string;
}

/** How many actions are attested at once, at most. */
export const MAX_ATTESTED = 1000;

/** States of actions that a person may have done by hand: they were asked to, or the source did not do it. */
const ATTESTABLE: readonly ActionState[] = [
  'WAITING_FOR_PERSON',
  'REQUESTED',
  'RUNNING',
  'IRREVOCABLE',
  'WAIVED',
];

/**
 * A person attests that actions are done: each becomes DONE with the proof ATTESTED, and its changes are made in the
 * same commit. Either all of them are recorded, or none.
 *
 * @throws NOT_FOUND; BAD_INPUT for what is no action of the case; CONFLICT for one that is done, or not begun
 */
export async function attestActions(
  caseContext: CaseContext,
  actor: Actor,
  asked: AttestActions,
): Promise<Case> {
  const statement = requireReason(asked.statement);
  const evidence = requireReason(asked.evidence);
  requireSome(asked.actions);
  return changeCase(caseContext, asked.offboarding, async (offboarding, draft) => {
    requirePossible('ATTEST', offboarding);
    const named = namedOf(
      offboarding,
      await actionsOf(caseContext.store.journal, offboarding.id),
      asked.actions,
    );
    requireNotCalledOff(offboarding, named);
    const outcomes: RecordedOutcome[] = [];
    for (const action of named) {
      const proof = {
        proof: 'ATTESTED',
        reference: evidence,
        externalId: null,
        already: false,
        reason: statement,
      } as const;
      outcomes.push(await recordDone(caseContext, draft, actor, offboarding, action, proof));
    }
    return {
      case: awakened(caseContext, offboarding),
      documents: outcomes.map(({ action }) => actionDocument(action)),
      facts: outcomes.flatMap(({ facts }) => facts),
    };
  });
}

/** A case that a runner has to look at again at once, because an action got an outcome. */
export function awakened(caseContext: CaseContext, offboarding: Case): Case {
  if (offboarding.state === 'EXECUTING') return offboarding;
  // What it waited for may be over. A runner finds that out when it looks again.
  const because =
    offboarding.state === 'WAITING'
      ? 'Somebody has seen to what it waited for: it is looked at again.'
      : offboarding.because;
  return { ...offboarding, because, wakeAt: formatTime(caseContext.clock.now()) };
}

/** Requires that no action of the plan of a cancelled case is attested: no later action would undo it. */
function requireNotCalledOff({ id, cancelled }: Case, actions: readonly CaseAction[]): void {
  if (cancelled === null) return;
  const plan = actions.find(({ action }) => !action.id.startsWith(UNDO));
  if (plan === undefined) return;
  throw conflict(
    `The case ${id} was cancelled, and ${plan.action.id} is not to be done any more. Undo by hand what was done of it.`,
  );
}

function requireSome(actions: readonly string[]): void {
  if (actions.length === 0) throw badInput('Name at least one action that was done.');
  if (actions.length > MAX_ATTESTED)
    throw badInput(`At most ${MAX_ATTESTED} actions are attested at once; do it in parts.`);
}

/** The actions with these ids, in the order of execution. */
function namedOf(offboarding: Case, actions: readonly CaseAction[], ids: readonly string[]): CaseAction[] {
  const wanted = new Set(ids);
  // A sweep may have added an action with the id of an earlier one: the newest is meant.
  const byId = new Map(actions.map((action) => [action.action.id, action]));
  const unknown = [...wanted].filter((id) => !byId.has(id));
  if (unknown.length > 0)
    throw badInput(`The case ${offboarding.id} has no such actions: ${unknown.join(', ')}.`, {
      actions: unknown,
    });
  const named = [...byId.values()].filter(({ action }) => wanted.has(action.id));
  const early = named.filter(({ state }) => !ATTESTABLE.includes(state));
  if (early.length > 0) {
    const words = early.map(({ action, state }) => `${action.id} is ${state}`).join(', ');
    throw conflict(`Only what was asked for and is not done can be attested: ${words}.`, {
      actions: early.map(({ action }) => action.id),
    });
  }
  return named.sort((a, b) => a.position - b.position);
}
