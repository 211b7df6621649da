import type { Actor } from '../../../model/audit.js';
import type { CaseContext } from '../../case-context.js';
import { type Asking, type OneThing, oneThing } from './one-thing.js';

export interface RotateSecret extends Asking {
  readonly secret: string;
}

/** Rotates a secret with all its copies. As {@link oneThing}. */
export function rotateSecret(caseContext: CaseContext, actor: Actor, asked: RotateSecret): Promise<OneThing> {
  const thing = { target: asked.secret, successor: null, managedIdentity: null, from: null };
  return oneThing(caseContext, actor, { ...thing, kind: 'ROTATE' }, asked);
}
