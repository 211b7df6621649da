import type { Actor } from '../../../model/audit.js';
import type { CaseContext } from '../../case-context.js';
import { findHuman } from '../find-human.js';
import { type CascadeOptions, type CascadeResult, requestCascade } from './request-cascade.js';

/** Input of {@link transferOwnership}. */
export interface TransferOwnership extends Omit<CascadeOptions, 'allowBreaking'> {
  readonly entity: string;
  /** Ids of the present and the new owner; the email of a human is possible too. */
  readonly from: string;
  readonly to: string;
}

/** Gives an entity another owner. As {@link requestCascade}. */
export async function transferOwnership(
  caseContext: CaseContext,
  actor: Actor,
  asked: TransferOwnership,
): Promise<CascadeResult> {
  const from = await idOf(caseContext, asked.from, 'The owner');
  const to = await idOf(caseContext, asked.to, 'The new owner');
  const thing = { target: asked.entity, successor: to, managedIdentity: null, from };
  return requestCascade(caseContext, actor, { ...thing, kind: 'TRANSFER' }, asked);
}

/** The id of an owner, who need not be a person. Text that is no id is taken as an email. @throws NOT_FOUND */
async function idOf(caseContext: CaseContext, idOrEmail: string, what: string): Promise<string> {
  const { revision } = await caseContext.store.head();
  const [known] = await caseContext.store.entities([idOrEmail], revision);
  return (known ?? (await findHuman(caseContext, revision, idOrEmail, what))).id;
}
