import { Operation } from '../../api/operation.js';
import type { Session } from '../session.js';
import { ask } from './ask.js';
import { OFFBOARDING, OFFBOARDINGS } from './documents.js';

/** A case for machines, as it stands now: the session may have written since it began. */
export const caseJson = (session: Session, id: string): Promise<unknown> =>
  ask(operationNow(session), OFFBOARDING, { id });

/** The cases there are, or those in some states, for machines. */
export const casesJson = (session: Session, states?: readonly string[]): Promise<unknown> =>
  ask(operationNow(session), OFFBOARDINGS, { states: states ?? null });

const operationNow = (session: Session): Operation =>
  new Operation(session, { viewer: session.viewer, requestId: session.operation.requestId });
