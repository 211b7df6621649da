import type { Actor, AuditFact } from '../../model/audit.js';
import type { DocumentWrite, Journal } from '../../store/journal.js';
import type { Case } from '../case/case.js';
import { caseDocument, verificationDocument, verificationOf } from '../case/case-documents.js';
import { isPossible, stateAfter } from '../case/case-states.js';
import { caseFact } from '../case/change-case.js';
import type { Residual, Verification } from '../case/verification.js';
import type { Attention } from './attention.js';

/** Kinds of findings that make a case INCOMPLETE. A rehire does not. */
const UNDOING: readonly Attention['kind'][] = ['RESURRECTED', 'LATE_FINDING'];

/**
 * Reopens cases: the documents and facts that make cases INCOMPLETE because of findings, with new residual entries.
 *
 * @param at ISO 8601 of the import
 */
export async function reopenCases(
  journal: Journal,
  entries: readonly Attention[],
  known: ReadonlyMap<string, Case>,
  actor: Actor,
  at: string,
): Promise<{ facts: AuditFact[]; documents: DocumentWrite[] }> {
  const facts: AuditFact[] = [];
  const documents: DocumentWrite[] = [];
  for (const offboarding of known.values()) {
    const mine = entries.filter((entry) => entry.case === offboarding.id && UNDOING.includes(entry.kind));
    if (mine.length === 0 || !isPossible('REOPEN', offboarding.state)) continue;
    const found = await verificationOf(journal, offboarding.id);
    if (found !== undefined)
      documents.push(verificationDocument(offboarding.id, withEntries(found, mine, offboarding)));
    if (offboarding.state === 'INCOMPLETE') continue;
    const because = `An import of ${at} showed ${mine.length} of what it had ended, or what came of that.`;
    const state = stateAfter('REOPEN', offboarding.state);
    documents.push(caseDocument({ ...offboarding, state, because, assurance: null }));
    facts.push(
      caseFact('CASE_INCOMPLETE', actor, offboarding, {
        reason: because,
        before: { state: offboarding.state },
        after: { state: 'INCOMPLETE', found: mine.map(({ entity, kind }) => ({ entity, kind })) },
      }),
    );
  }
  return { facts, documents };
}

function withEntries(found: Verification, entries: readonly Attention[], offboarding: Case): Verification {
  const told = new Set(found.residual.map(({ entity, why }) => `${entity} ${why}`));
  const residual = entries
    .map(({ entity, kind, since, why }): Residual => {
      const owner = offboarding.executed?.subject ?? offboarding.planned.subject;
      const base = { entity, kind: 'OPEN', since, until: null, owner, action: null, path: [] } as const;
      return { ...base, why: `${kind}: ${why}` };
    })
    .filter(({ entity, why }) => !told.has(`${entity} ${why}`));
  return { ...found, residual: [...found.residual, ...residual] };
}
