import type { Kind } from '../../model/kinds.js';
import type { EntityNumber, GraphView } from '../view.js';
import { personOf } from './person.js';

/** An account whose source does not say that it reports every kind of thing that the account could have left behind. */
export interface BlindSpot {
  readonly account: EntityNumber;
  /** Number of the source. */
  readonly source: number;
  /** The kinds that the source does not say it reports. */
  readonly missing: readonly string[];
}

/** The kinds that a source must report: tokens (keys are tokens), grants and jobs (semantics, section 3). */
export const LOOKED_FOR: readonly Kind[] = ['Token', 'Grant', 'Job'];

/**
 * The blind spots of a human or an account, or of several humans: what no source looks for is unknown, not absent.
 *
 * @param reports the kinds and types that each source says it reports, by source number
 */
export function blindSpots(
  view: GraphView,
  asked: EntityNumber | readonly EntityNumber[],
  reports: ReadonlyMap<number, ReadonlySet<string>>,
): BlindSpot[] {
  return personOf(view, asked).accounts.flatMap((account) => {
    const source = view.sourceOf(account);
    const reported = reports.get(source);
    const missing = LOOKED_FOR.filter((kind) => reported?.has(kind) !== true);
    return missing.length === 0 ? [] : [{ account, source, missing }];
  });
}
