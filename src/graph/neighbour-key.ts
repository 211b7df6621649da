import { codeIdentity } from '../model/rows.js';
import type { EntityNumber } from './view.js';

/** Names one relationship among those of an entity in one direction: the other end and what tells it from others. */
export function neighbourKey(other: EntityNumber, code: number): number {
  return other * 128 + codeIdentity(code);
}

/** The other end that a {@link neighbourKey} was made of. */
export function neighbourOf(key: number): EntityNumber {
  return Math.floor(key / 128);
}
