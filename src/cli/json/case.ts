import { Operation } from '../../api/operation/operation.js';
import type { Session } from '../session.js';
import { ask } from './ask.js';
import { OFFBOARDING, OFFBOARDINGS, oneThing } from './documents.js';

/** A case for machines, as it stands now: the session may have written since it began. */
export const caseJson = (session: Session, id: string): Promise<unknown> =>
  ask(operationNow(session), OFFBOARDING, { id });

/** The cases there are, or those in some states, for machines. */
export const casesJson = (session: Session, states?: readonly string[]): Promise<unknown> =>
  ask(operationNow(session), OFFBOARDINGS, { states: states ?? null });

/** What a mutation of a case answers, for machines: the state in which it can be seen, and the case. */
export async function payloadJson(session: Session, id: string): Promise<Record<string, unknown>> {
  const { revision } = await session.store.head();
  return { revision: String(revision), offboarding: await caseJson(session, id) };
}

/** What a mutation about one thing says it would do, for machines: `offboarding` is null. */
export async function previewJson(
  session: Session,
  mutation: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const asked = { input: { ...input, dryRun: true } };
  return (await ask(operationNow(session), oneThing(mutation), asked)) as Record<string, unknown>;
}

const operationNow = (session: Session): Operation =>
  new Operation(session, { viewer: session.viewer, requestId: session.operation.requestId });
