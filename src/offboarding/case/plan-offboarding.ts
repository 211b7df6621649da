import type { Actor } from '../../model/audit.js';
import type { EntityRecord } from '../../model/entity.js';
import { conflict } from '../../model/errors.js';
import { formatTime, type Millis } from '../../model/time.js';
import type { CaseContext } from '../case-context.js';
import type { Mode } from '../plan/plan.js';
import type { Case, PlanChoices } from './case.js';
import { leaverDocument, planDocument } from './case-documents.js';
import { sign } from './change-case.js';
import { findHuman } from './find-human.js';
import { defaultMode, endOfLastWorkingDay } from './last-working-day.js';
import { openCaseOf } from './leavers.js';
import { newCase, plannedFact, putNewCase } from './new-case.js';
import { planCase } from './plan-case.js';
import { requireReason } from './reason.js';

/** Input of {@link planOffboarding}. */
export interface PlanOffboarding {
  /** Id or email. */
  readonly human: string;
  readonly mode?: Mode | null;
  /** A day or a moment in ISO 8601; left out: what the human's source says. */
  readonly lastWorkingDay?: string | null;
  /** Id or email of who takes over where no decision says otherwise. */
  readonly successor?: string | null;
  readonly reason: string;
}

/**
 * Plans that a person leaves, on the present graph: a case that waits for decisions and approval.
 *
 * @throws NOT_FOUND; BAD_INPUT; CONFLICT where the person has a case that has not ended
 */
export async function planOffboarding(
  caseContext: CaseContext,
  actor: Actor,
  asked: PlanOffboarding,
): Promise<Case> {
  const planned = sign(caseContext, actor, requireReason(asked.reason));
  const { revision } = await caseContext.store.head();
  const human = await findHuman(caseContext, revision, asked.human, 'The human');
  const successor =
    asked.successor == null ? null : await findHuman(caseContext, revision, asked.successor, 'The successor');
  await requireNoOpenCase(caseContext, human.id);
  const choices: PlanChoices = { mode: asked.mode ?? null, lastWorkingDay: asked.lastWorkingDay ?? null };
  const input = {
    kind: 'OFFBOARDING',
    human: human.id,
    target: null,
    ...scheduled(choices, human, caseContext.clock.now()),
    successor: successor?.id ?? null,
    managedIdentity: null,
    from: null,
  } as const;
  const { plan, plannedOn } = await planCase(caseContext, input, []);
  const offboarding = newCase(caseContext, plan, {
    input,
    asked: choices,
    planned,
    approved: null,
    needsApproval: true,
    allowBreaking: false,
    plannedOn,
  });
  const documents = [planDocument(offboarding.id, plan), leaverDocument(human.id, offboarding.id)];
  const facts = [plannedFact('CASE_PLANNED', actor, offboarding, plan)];
  await putNewCase(caseContext, offboarding, { documents, facts }, () =>
    requireNoOpenCase(caseContext, human.id),
  );
  return offboarding;
}

/** The moment of planning, and the last working day and mode: as chosen, else from the human's source. */
export function scheduled(
  { mode, lastWorkingDay }: PlanChoices,
  human: EntityRecord,
  now: Millis,
): Pick<Case['input'], 'mode' | 'evaluatedAt' | 'lastWorkingDay'> {
  const { lastWorkingDay: known, timeZone } = human.properties;
  const end = endOfLastWorkingDay(lastWorkingDay ?? (typeof known === 'string' ? known : null), timeZone);
  return {
    mode: mode ?? defaultMode(end, now),
    evaluatedAt: formatTime(now),
    lastWorkingDay: end === null ? null : formatTime(end),
  };
}

async function requireNoOpenCase({ store }: CaseContext, human: string): Promise<void> {
  const open = await openCaseOf(store.journal, human);
  if (open === undefined) return;
  throw conflict(
    `${human} has the case ${open.id}, which is ${open.state}. Plan that one again (\`replan\`), or cancel it first.`,
    { offboarding: open.id },
  );
}
