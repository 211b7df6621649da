import { OWN_PREFIX } from '../../model/ids.js';
import type { Kind } from '../../model/kinds.js';
import { hashOf } from '../hash.js';
import type { PlanBody } from './plan.js';

/** What names a plan: the hash of its hashed form. */
export function planHash(body: PlanBody): string {
  return hashOf(body);
}

/** What a provisioned entity is for; its id is made from this (semantics, section 5). */
export interface Provenance {
  readonly role: 'rehome' | 'reissue';
  /** Id of the workload it is for; empty for a reissue. */
  readonly workload: string;
  /** Id of what it replaces; empty for the identity that issues, the account for one in its place. */
  readonly replaces: string;
  /** Ids of those who leave, in order. */
  readonly humans: readonly string[];
  /** ISO 8601. */
  readonly evaluatedAt: string;
}

/** The id of an entity that a plan makes. The same plan makes the same ids on every engine. */
export function provisionedId(kind: Kind, made: Provenance): string {
  const { role, workload, replaces, humans, evaluatedAt } = made;
  const who = humans.length === 1 ? humans[0] : humans;
  const hash = hashOf([role, workload, replaces, who, evaluatedAt]);
  return `${OWN_PREFIX}${kind}/${hash.slice(0, 32)}`;
}

/** The idempotency key of an action of a plan. `position` is its place in the order of execution. */
export function idempotencyKey(hash: string, position: number): string {
  return hashOf([hash, position]);
}

/** The idempotency key of an action that a sweep adds. */
export function sweepKey(hash: string, round: number, kind: string, entity: string): string {
  return hashOf([hash, 'sweep', round, kind, entity]);
}
