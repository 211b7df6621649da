import type { Actor } from '../../../model/audit.js';
import type { CaseContext } from '../../case-context.js';
import { type CascadeOptions, type CascadeResult, requestCascade } from './request-cascade.js';

/** Input of {@link retire}. */
export interface Retire extends CascadeOptions {
  readonly entity: string;
}

/** Retires a job, whose credentials stay with their owners, or an app or an identity with all that came of it. As {@link requestCascade}. */
export function retire(caseContext: CaseContext, actor: Actor, asked: Retire): Promise<CascadeResult> {
  const thing = { target: asked.entity, successor: null, managedIdentity: null, from: null };
  return requestCascade(caseContext, actor, { ...thing, kind: 'RETIRE' }, asked);
}
