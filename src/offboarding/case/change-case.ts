import type { Actor, AuditFact } from '../../model/audit.js';
import { formatTime } from '../../model/time.js';
import type { Draft } from '../../store/draft.js';
import type { DocumentWrite } from '../../store/journal.js';
import type { CaseContext } from '../case-context.js';
import type { Case, Signature } from './case.js';
import { requireOwnClock } from './case-clock.js';
import { caseDocument, requireCase } from './case-documents.js';
import { canFollow } from './case-states.js';

/** A change of a case: the new case, other documents that are written with it, and audit facts. */
export interface CaseChange {
  readonly case: Case;
  readonly documents?: readonly DocumentWrite[];
  readonly facts: readonly AuditFact[];
}

/** Options of a change. */
export interface ChangeOptions {
  /** The change is also for a case that was planned by another kind of clock. */
  readonly anyClock?: boolean;
}

/**
 * Changes a case in one commit: the new case, other documents, changes of the graph and audit facts become visible
 * together or not at all. `change` gets the case at a time when no other writer can change it, and may write to the
 * graph through the draft. If it returns null, nothing is committed.
 *
 * @returns the case afterwards
 * @throws NOT_FOUND for an unknown case; CONFLICT for one of another kind of clock; Error (INTERNAL) where no operation leads to the new state; what `change`
 *   throws. Nothing is written then.
 */
export async function changeCase(
  caseContext: CaseContext,
  id: string,
  change: (offboarding: Case, draft: Draft) => Promise<CaseChange | null>,
  { anyClock = false }: ChangeOptions = {},
): Promise<Case> {
  const draft = await caseContext.store.write({ now: () => caseContext.clock.now() });
  try {
    const before = await requireCase(caseContext.store.journal, id);
    if (!anyClock) requireOwnClock(caseContext, before);
    const changed = await change(before, draft);
    if (changed === null) return before;
    if (!canFollow(before.state, changed.case.state)) {
      throw new Error(`No operation leads from ${before.state} to ${changed.case.state}.`);
    }
    const after: Case = { ...changed.case, changes: before.changes + 1 };
    await draft.putDocuments([caseDocument(after), ...(changed.documents ?? [])]);
    await draft.commit(changed.facts);
    return after;
  } finally {
    // After a commit this does nothing.
    await draft.abort();
  }
}

/** The signature of an actor who does something now. */
export function sign(caseContext: CaseContext, actor: Actor, reason: string | null): Signature {
  const { subject, signedInBy } = actor;
  return { subject, signedInBy, at: formatTime(caseContext.clock.now()), reason };
}

/** A fact about a case. */
export function caseFact(
  type: string,
  actor: Actor,
  offboarding: Case,
  rest: Partial<Pick<AuditFact, 'reason' | 'entity' | 'before' | 'after'>> = {},
): AuditFact {
  return {
    type,
    actor,
    reason: rest.reason ?? null,
    case: offboarding.id,
    entity: rest.entity ?? offboarding.input.human ?? offboarding.input.target,
    before: rest.before ?? null,
    after: rest.after ?? null,
  };
}
