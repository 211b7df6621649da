import { LRUCache } from 'lru-cache';
import type { Store } from '../../../store/store.js';
import type { PlanBody } from '../../plan/plan.js';

/** How many previews an instance remembers. */
const MOST = 50;

const shown = new WeakMap<Store, LRUCache<string, PlanBody>>();

/**
 * Remembers a preview, so that a later request with its hash can be answered with the differences. It is kept in
 * memory only, since a preview writes nothing: another instance can tell that the preview has changed, but not how.
 */
export function remember(store: Store, hash: string, body: PlanBody): void {
  const known = shown.get(store) ?? new LRUCache<string, PlanBody>({ max: MOST });
  shown.set(store, known);
  known.set(hash, body);
}

/** A preview by its hash; undefined where this instance did not show it, or has forgotten it. */
export function recall(store: Store, hash: string): PlanBody | undefined {
  return shown.get(store)?.get(hash);
}
