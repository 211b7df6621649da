import type { Actor } from '../../../model/audit.js';
import type { Desk } from '../../desk.js';
import { type Asking, type OneThing, oneThing } from './one-thing.js';

export interface TransferOwnership extends Omit<Asking, 'allowBreaking'> {
  readonly entity: string;
  /** Id of who owns it now, and of who is to. */
  readonly from: string;
  readonly to: string;
}

/** Lets somebody else answer for a thing. As {@link oneThing}. */
export function transferOwnership(desk: Desk, actor: Actor, asked: TransferOwnership): Promise<OneThing> {
  const thing = { target: asked.entity, successor: asked.to, managedIdentity: null, from: asked.from };
  return oneThing(desk, actor, { ...thing, kind: 'TRANSFER' }, asked);
}
