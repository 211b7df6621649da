import type { Actor } from '../../../model/audit.js';
import type { CaseContext } from '../../case-context.js';
import { type Asking, type OneThing, oneThing } from './one-thing.js';

export interface Revoke extends Asking {
  readonly target: string;
}

/** Revokes a token, a grant, an account, an identity or an app with everything that came of it, or rotates a secret. As {@link oneThing}. */
export function revoke(caseContext: CaseContext, actor: Actor, asked: Revoke): Promise<OneThing> {
  const thing = { target: asked.target, successor: null, managedIdentity: null, from: null };
  return oneThing(caseContext, actor, { ...thing, kind: 'REVOKE' }, asked);
}
