import type { Actor } from '../../../model/audit.js';
import type { CaseContext } from '../../case-context.js';
import { type Asking, type OneThing, oneThing } from './one-thing.js';

export interface Retire extends Asking {
  readonly entity: string;
}

/** Retires a job, whose credentials stay with their owners, or an app or an identity with all that came of it. As {@link oneThing}. */
export function retire(caseContext: CaseContext, actor: Actor, asked: Retire): Promise<OneThing> {
  const thing = { target: asked.entity, successor: null, managedIdentity: null, from: null };
  return oneThing(caseContext, actor, { ...thing, kind: 'RETIRE' }, asked);
}
