import type { Actor } from '../../../model/audit.js';
import type { CaseContext } from '../../case-context.js';
import { type CascadeOptions, type CascadeResult, requestCascade } from './request-cascade.js';

/** Input of {@link revoke}. */
export interface Revoke extends CascadeOptions {
  readonly target: string;
}

/** Revokes a token, a grant, an account, an identity or an app with everything that came of it, or rotates a secret. As {@link requestCascade}. */
export function revoke(caseContext: CaseContext, actor: Actor, asked: Revoke): Promise<CascadeResult> {
  const thing = { target: asked.target, successor: null, managedIdentity: null, from: null };
  return requestCascade(caseContext, actor, { ...thing, kind: 'REVOKE' }, asked);
}
