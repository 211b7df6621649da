import type { Actor } from '../../../model/audit.js';
import type { CaseContext } from '../../case-context.js';
import { type CascadeOptions, type CascadeResult, requestCascade } from './request-cascade.js';

/** Input of {@link rotateSecret}. */
export interface RotateSecret extends CascadeOptions {
  readonly secret: string;
}

/** Rotates a secret with all its copies. As {@link requestCascade}. */
export function rotateSecret(
  caseContext: CaseContext,
  actor: Actor,
  asked: RotateSecret,
): Promise<CascadeResult> {
  const thing = { target: asked.secret, successor: null, managedIdentity: null, from: null };
  return requestCascade(caseContext, actor, { ...thing, kind: 'ROTATE' }, asked);
}
