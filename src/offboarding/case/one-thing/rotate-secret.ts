import type { Actor } from '../../../model/audit.js';
import type { Desk } from '../../desk.js';
import { type Asking, type OneThing, oneThing } from './one-thing.js';

export interface RotateSecret extends Asking {
  readonly secret: string;
}

/** Rotates a secret with all its copies. As {@link oneThing}. */
export function rotateSecret(desk: Desk, actor: Actor, asked: RotateSecret): Promise<OneThing> {
  const thing = { target: asked.secret, successor: null, managedIdentity: null, from: null };
  return oneThing(desk, actor, { ...thing, kind: 'ROTATE' }, asked);
}
