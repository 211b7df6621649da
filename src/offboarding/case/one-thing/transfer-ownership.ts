import type { Actor } from '../../../model/audit.js';
import type { Desk } from '../../desk.js';
import { findHuman } from '../find-human.js';
import { type Asking, type OneThing, oneThing } from './one-thing.js';

export interface TransferOwnership extends Omit<Asking, 'allowBreaking'> {
  readonly entity: string;
  /** Id of who owns it now, and of who is to; of a human the email, too. */
  readonly from: string;
  readonly to: string;
}

/** Lets somebody else answer for a thing. As {@link oneThing}. */
export async function transferOwnership(
  desk: Desk,
  actor: Actor,
  asked: TransferOwnership,
): Promise<OneThing> {
  const from = await idOf(desk, asked.from, 'The owner');
  const to = await idOf(desk, asked.to, 'The new owner');
  const thing = { target: asked.entity, successor: to, managedIdentity: null, from };
  return oneThing(desk, actor, { ...thing, kind: 'TRANSFER' }, asked);
}

/** Owners need not be people: only what is no id is taken for an email. @throws NOT_FOUND */
async function idOf(desk: Desk, idOrEmail: string, what: string): Promise<string> {
  const { revision } = await desk.store.head();
  const [known] = await desk.store.entities([idOrEmail], revision);
  return (known ?? (await findHuman(desk, revision, idOrEmail, what))).id;
}
