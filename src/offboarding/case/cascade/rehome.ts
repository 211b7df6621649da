import type { Actor } from '../../../model/audit.js';
import type { CaseContext } from '../../case-context.js';
import { findHuman } from '../find-human.js';
import { type CascadeOptions, type CascadeResult, requestCascade } from './request-cascade.js';

/** Input of {@link rehome}. */
export interface Rehome extends Omit<CascadeOptions, 'allowBreaking'> {
  readonly workload: string;
  /** Id of the identity to use, in the place of one that is provisioned. */
  readonly managedIdentity?: string | null;
  /** Id or email of the person who answers for what is provisioned. */
  readonly successor: string;
}

/** Re-homes a workload, so that it does not stand on people any more. As {@link requestCascade}. */
export async function rehome(caseContext: CaseContext, actor: Actor, asked: Rehome): Promise<CascadeResult> {
  const { revision } = await caseContext.store.head();
  const successor = await findHuman(caseContext, revision, asked.successor, 'The successor');
  const managedIdentity = asked.managedIdentity ?? null;
  const thing = { target: asked.workload, successor: successor.id, managedIdentity, from: null };
  return requestCascade(caseContext, actor, { ...thing, kind: 'REHOME' }, asked);
}
