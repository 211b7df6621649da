import type { AuditEvent } from '../../../src/model/audit.js';
import { eventHash } from '../../../src/model/audit.js';
import { TendrilError } from '../../../src/model/errors.js';
import type { Case } from '../../../src/offboarding/case/case.js';
import { caseDocument } from '../../../src/offboarding/case/case-documents.js';
import type { CaseContext } from '../../../src/offboarding/case-context.js';

/** The code that something is refused with; what it gives where it is not refused. */
export async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.catch((error: unknown) => {
    if (error instanceof TendrilError) return error.code;
    throw error;
  });
}

/** What something is refused with; fails where it is not. */
export async function refusal(work: Promise<unknown>): Promise<TendrilError> {
  const outcome = await work.catch((error: unknown) => error);
  if (outcome instanceof TendrilError) return outcome;
  throw outcome instanceof Error ? outcome : new Error('it was not refused');
}

/** Every event, after the chain was walked from its beginning. */
export async function events({ store }: CaseContext): Promise<readonly AuditEvent[]> {
  const found = await store.journal.auditEvents({ limit: 1000 });
  for (const [at, event] of found.entries()) {
    const { hash, ...rest } = event;
    const before = found[at - 1];
    if (eventHash(rest) !== hash || (before !== undefined && rest.previousHash !== before.hash)) {
      throw new Error(`the chain is broken at ${event.seq}`);
    }
  }
  return found;
}

export async function lastEvent(caseContext: CaseContext): Promise<AuditEvent> {
  return (await events(caseContext)).at(-1)!;
}

/** Puts a case into a form that other parts of the program would bring it into. */
export async function force(
  caseContext: CaseContext,
  offboarding: Case,
  changed: Partial<Case>,
): Promise<Case> {
  const forced = { ...offboarding, ...changed };
  const draft = await caseContext.store.write({ now: caseContext.clock.now() });
  await draft.putDocuments([caseDocument(forced)]);
  await draft.commit([]);
  return forced;
}
