import { randomBytes } from 'node:crypto';
import type { Actor, AuditFact } from '../../model/audit.js';
import { OWN_PREFIX } from '../../model/ids.js';
import type { Millis } from '../../model/time.js';
import type { DocumentWrite } from '../../store/journal.js';
import type { CaseContext } from '../case-context.js';
import type { Case, Signature } from './case.js';
import { caseDocument } from './case-documents.js';
import { initialState } from './case-states.js';
import { caseFact } from './change-case.js';
import type { KeptPlan } from './kept-plan.js';

/** What is given for a new case; all other properties have initial values. */
export type NewCase = Pick<
  Case,
  'input' | 'asked' | 'planned' | 'approved' | 'needsApproval' | 'allowBreaking' | 'plannedOn'
>;

/** A case as it begins, under an id of its own. */
export function newCase(caseContext: CaseContext, plan: KeptPlan, made: NewCase): Case {
  return {
    ...made,
    id: caseId(caseContext.clock.now()),
    clock: caseContext.clockKind,
    state: initialState(made.needsApproval),
    decisions: [],
    authors: [made.planned.subject],
    planHash: plan.hash,
    policyHash: plan.body.policyHash,
    executed: null,
    cancelled: null,
    lease: null,
    fencing: 0,
    changes: 0,
    begun: [],
    sweeps: 0,
    wakeAt: null,
    because: null,
    endedAt: null,
    assurance: null,
  };
}

/**
 * Writes a new case in one commit.
 *
 * @param check runs when no other writer can write any more; if it throws, nothing is written
 */
export async function putNewCase(
  caseContext: CaseContext,
  offboarding: Case,
  written: { readonly documents: readonly DocumentWrite[]; readonly facts: readonly AuditFact[] },
  check: () => Promise<void> = async () => {},
): Promise<void> {
  const draft = await caseContext.store.write({ now: () => caseContext.clock.now() });
  try {
    await check();
    await draft.putDocuments([caseDocument(offboarding), ...written.documents]);
    await draft.commit(written.facts);
  } finally {
    // After a commit this does nothing.
    await draft.abort();
  }
}

/** The audit fact about a plan that was made. */
export function plannedFact(type: string, actor: Actor, offboarding: Case, plan: KeptPlan): AuditFact {
  const { input } = offboarding;
  return caseFact(type, actor, offboarding, {
    reason: offboarding.planned.reason,
    after: {
      state: offboarding.state,
      kind: input.kind,
      planHash: offboarding.planHash,
      policyHash: offboarding.policyHash,
      plannedOn: offboarding.plannedOn,
      evaluatedAt: input.evaluatedAt,
      mode: input.mode,
      lastWorkingDay: input.lastWorkingDay,
      clock: offboarding.clock ?? null,
      successor: plan.body.successor,
      needsDecision: plan.needsDecision,
    },
  });
}

/** Everybody who has planned or decided, each once. */
export function withAuthor(authors: readonly string[], { subject }: Signature): readonly string[] {
  return authors.includes(subject) ? authors : [...authors, subject];
}

/**
 * `tendril/case/` and a UUID of version 7 (RFC 9562), which begins with the time. So the order of ids is the order in
 * which cases were made.
 */
export function caseId(now: Millis): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return `${OWN_PREFIX}case/${hex}`;
}
