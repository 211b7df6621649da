import type { Kind } from '../../model/kinds.js';
import type { EntityNumber, GraphView } from '../view.js';
import { personOf } from './person.js';

/** An account whose source nobody told us looks for all that the account could have left behind. */
export interface BlindSpot {
  readonly account: EntityNumber;
  /** Number of the source. */
  readonly source: number;
  /** Kinds it does not say that it reports. */
  readonly missing: readonly string[];
}

/** Tokens, grants and jobs; keys are tokens (semantics, section 3). */
export const LOOKED_FOR: readonly Kind[] = ['Token', 'Grant', 'Job'];

/**
 * What nobody looked for is unknown, not absent.
 *
 * @param reports kinds and types that each source says it reports, by source number.
 */
export function blindSpots(
  view: GraphView,
  start: EntityNumber,
  reports: ReadonlyMap<number, ReadonlySet<string>>,
): BlindSpot[] {
  return personOf(view, start).accounts.flatMap((account) => {
    const source = view.sourceOf(account);
    const reported = reports.get(source);
    const missing = LOOKED_FOR.filter((kind) => reported?.has(kind) !== true);
    return missing.length === 0 ? [] : [{ account, source, missing }];
  });
}
