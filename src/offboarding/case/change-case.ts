import type { Actor, AuditFact } from '../../model/audit.js';
import { formatTime } from '../../model/time.js';
import type { Draft } from '../../store/draft.js';
import type { DocumentWrite } from '../../store/journal.js';
import type { CaseContext } from '../case-context.js';
import type { Case, Signature } from './case.js';
import { caseDocument, requireCase } from './case-documents.js';
import { canFollow } from './case-states.js';

/** What a change makes of a case: its new form, what else is written with it, and what the auditor reads. */
export interface CaseChange {
  readonly case: Case;
  readonly documents?: readonly DocumentWrite[];
  readonly facts: readonly AuditFact[];
}

/**
 * Changes a case in one commit: its new form, other documents, changes of the graph and audit facts are seen
 * together or not at all. `change` sees the case as it stands when no other writer can change it any more; it may
 * write to the graph through the draft. Null: nothing is to be changed, and nothing is committed.
 *
 * @returns the case as it stands then.
 * @throws NOT_FOUND for an unknown case; Error (INTERNAL) where no operation leads to the new state; and what `change` throws: then nothing is written.
 */
export async function changeCase(
  caseContext: CaseContext,
  id: string,
  change: (offboarding: Case, draft: Draft) => Promise<CaseChange | null>,
): Promise<Case> {
  const draft = await caseContext.store.write({ now: () => caseContext.clock.now() });
  try {
    const before = await requireCase(caseContext.store.journal, id);
    const changed = await change(before, draft);
    if (changed === null) return before;
    if (!canFollow(before.state, changed.case.state)) throw new Error(`No operation leads from  to .`);
    const after: Case = { ...changed.case, changes: before.changes + 1 };
    await draft.putDocuments([caseDocument(after), ...(changed.documents ?? [])]);
    await draft.commit(changed.facts);
    return after;
  } finally {
    // After a commit this does nothing.
    await draft.abort();
  }
}

/** Somebody's name under what they do now. */
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
