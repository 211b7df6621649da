import { LRUCache } from 'lru-cache';
import type { Store } from '../../../store/store.js';
import type { PlanBody } from '../../plan/plan.js';

/** How many previews an instance remembers. */
const MOST = 50;

const shown = new WeakMap<Store, LRUCache<string, PlanBody>>();

/**
 * Remembers a preview that was shown, so that whoever comes back with its hash can be told what is different by
 * then. It is kept in memory only, since a preview writes nothing: another instance knows that something is
 * different, and not what.
 */
export function remember(store: Store, hash: string, body: PlanBody): void {
  const known = shown.get(store) ?? new LRUCache<string, PlanBody>({ max: MOST });
  shown.set(store, known);
  known.set(hash, body);
}

/** A preview that was shown here; undefined where it was not, or is long ago. */
export function recall(store: Store, hash: string): PlanBody | undefined {
  return shown.get(store)?.get(hash);
}
