import type { Actor } from '../../model/audit.js';
import { badInput, conflict, TendrilError } from '../../model/errors.js';
import { isLiveStatus } from '../../model/kinds.js';
import { formatTime, parseTime } from '../../model/time.js';
import { isAuthor } from '../case/approve-plan.js';
import type { Case } from '../case/case.js';
import type { CaseAction, Waiver } from '../case/case-action.js';
import { actionDocument, actionsOf } from '../case/case-documents.js';
import { requirePossible } from '../case/case-states.js';
import { changeCase } from '../case/change-case.js';
import { findHuman } from '../case/find-human.js';
import { requireReason } from '../case/reason.js';
import type { CaseContext } from '../case-context.js';
import { actionFact } from './action-events.js';
import { awakened } from './attest.js';

/** Input of {@link waive}. */
export interface Waive {
  readonly offboarding: string;
  readonly action: string;
  /** Id or email of the person who answers for it until then: a live human other than the leaver. */
  readonly owner: string;
  /** ISO 8601, in the future: when the waiver runs out and the case becomes incomplete again. */
  readonly until: string;
  readonly reason: string;
}

/**
 * Lets a case go on without an action, for which a named person answers until a given time. Actions of phase 2 that
 * depend on it are waived with it.
 *
 * @throws NOT_FOUND; BAD_INPUT; CONFLICT for an action that is done; SELF_APPROVAL for who planned or decided
 */
export async function waive(caseContext: CaseContext, actor: Actor, asked: Waive): Promise<Case> {
  const waiver = await waiverOf(caseContext, actor, asked);
  return changeCase(caseContext, asked.offboarding, async (offboarding) => {
    requirePossible('WAIVE', offboarding);
    requireOther(offboarding, actor);
    if (waiver.owner === offboarding.input.human) {
      throw badInput(`${waiver.owner} leaves, and cannot answer for what is left; name somebody who stays.`);
    }
    const actions = await actionsOf(caseContext.store.journal, offboarding.id);
    const waived = [waivable(offboarding, actions, asked.action), ...following(actions, asked.action)];
    const after = waived.map((action) => waivedBy(action, waiver, formatTime(caseContext.clock.now())));
    return {
      case: awakened(caseContext, offboarding),
      documents: after.map(actionDocument),
      facts: after.map((action, at) =>
        actionFact('ACTION_WAIVED', actor, offboarding, [waived[at] as CaseAction, action], {
          reason: waiver.reason,
        }),
      ),
    };
  });
}

async function waiverOf(
  caseContext: CaseContext,
  actor: Actor,
  { owner, until, reason }: Waive,
): Promise<Waiver> {
  const { revision } = await caseContext.store.head();
  const { id, kind, status } = await findHuman(caseContext, revision, owner, 'The owner');
  if (!isLiveStatus(kind, status))
    throw badInput(`${id} has left, and cannot answer for what is waived; name somebody who is there.`);
  const at = parseTime(until);
  if (at === undefined || at <= caseContext.clock.now()) {
    throw badInput(
      `A waiver ends at a time that is still to come, such as ${formatTime(caseContext.clock.now() + 86_400_000)}; ${until} is none.`,
    );
  }
  return { owner: id, until: formatTime(at), reason: requireReason(reason), by: actor.subject };
}

/** People who planned or decided in a case may not waive any of its actions (api, section 5). */
function requireOther(offboarding: Case, actor: Actor): void {
  if (!isAuthor(offboarding, actor)) return;
  throw new TendrilError(
    'SELF_APPROVAL',
    `${actor.subject} planned the case ${offboarding.id} or decided in it. Somebody else has to waive.`,
  );
}

function waivable(offboarding: Case, actions: readonly CaseAction[], id: string): CaseAction {
  const action = actions.findLast((candidate) => candidate.action.id === id);
  if (action === undefined) throw badInput(`The case ${offboarding.id} has no action ${id}.`);
  if (action.action.phase === 7)
    throw badInput('That a person has left is not waived: it is said whatever else came of the case.');
  if (action.state === 'DONE') throw conflict(`The action ${id} is done: there is nothing to waive.`);
  return action;
}

/** Actions of phase 2 that depend on an action, directly or not, and are not done: they cannot be done without it. */
function following(actions: readonly CaseAction[], id: string): CaseAction[] {
  const gone = new Set([id]);
  const found: CaseAction[] = [];
  // In the order of execution, an action comes after those it depends on.
  for (const candidate of actions) {
    const { action, state } = candidate;
    if (action.phase !== 2 || state === 'DONE' || gone.has(action.id)) continue;
    if (!action.dependsOn.some((before) => gone.has(before) && isOfPhase2(before))) continue;
    gone.add(action.id);
    found.push(candidate);
  }
  return found;
}

const isOfPhase2 = (id: string): boolean => id.startsWith('2/');

function waivedBy(action: CaseAction, waiver: Waiver, now: string): CaseAction {
  return { ...action, state: 'WAIVED', waiver, notBefore: null, settledAt: now };
}
