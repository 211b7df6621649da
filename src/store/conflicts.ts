import { conflict, type TendrilError } from '../model/errors.js';
import type { Head, Revision } from '../model/revision.js';

/** The two reasons for which `Store.write` gives no draft. */

/**
 * Refuses a writer that has read another head.
 *
 * @throws CONFLICT
 */
export function checkHead({ revision }: Head, expected: Revision | undefined): void {
  if (expected === undefined || expected === revision) return;
  throw conflict(`The store is at revision ${revision}, not ${expected}; read it again and decide anew.`, {
    revision,
  });
}

/** A CONFLICT: another draft is open, here or in another process. */
export function writerConflict(place: string): TendrilError {
  return conflict(`Another writer holds the store ${place}; try again when it has finished.`);
}
