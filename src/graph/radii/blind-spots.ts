import type { SourceRecord } from '../../model/entity.js';
import type { Kind } from '../../model/kinds.js';
import type { EntityNumber, GraphView } from '../view.js';
import { personOf } from './person.js';

/**
 * An account of which something is unknown: its source does not say that it reports every kind of thing that the account
 * could have left behind, or a source says that it could not read some.
 */
export interface BlindSpot {
  readonly account: EntityNumber;
  /** Number of the source. */
  readonly source: number;
  /** The kinds that the source does not say it reports, or the kinds and types that it could not read. */
  readonly missing: readonly string[];
  /** Why they could not be read; null: the source does not say that it looks for them. */
  readonly because: string | null;
}

/** What a source says it looks for, and what it could not read. */
export type Looked = Pick<SourceRecord, 'number' | 'id' | 'reports' | 'couldNotRead'>;

/** The kinds that a source must report: tokens (keys are tokens), grants and jobs (semantics, section 3). */
export const LOOKED_FOR: readonly Kind[] = ['Token', 'Grant', 'Job'];

/**
 * The blind spots of a human or an account, or of several humans: what no source looks for, or could not read, is unknown
 * and not absent.
 *
 * @param sources every source at the revision of the view
 */
export function blindSpots(
  view: GraphView,
  asked: EntityNumber | readonly EntityNumber[],
  sources: readonly Looked[],
): BlindSpot[] {
  return personOf(view, asked).accounts.flatMap((account) => {
    const source = view.sourceOf(account);
    const reported = sources.find(({ number }) => number === source)?.reports ?? [];
    const missing = LOOKED_FOR.filter((kind) => !reported.includes(kind));
    const unreported = missing.length === 0 ? [] : [{ account, source, missing, because: null }];
    return [...unreported, ...unreadOf(view, account, sources)];
  });
}

/** What sources could not read of an account: its own source of all accounts, and any source of this one. */
function unreadOf(view: GraphView, account: EntityNumber, sources: readonly Looked[]): BlindSpot[] {
  const [own, id] = [view.sourceOf(account), view.idOf(account)];
  return sources.flatMap(({ number: source, couldNotRead }) =>
    couldNotRead
      .filter((entry) => (entry.account === null ? source === own : entry.account === id))
      .map(({ kinds: missing, because }) => ({ account, source, missing, because })),
  );
}

/** Why an answer with these blind spots is not complete; null where the sources could read all that they look for. */
export function incompleteBecauseOf(spots: readonly Pick<BlindSpot, 'because'>[]): string | null {
  const reasons = new Set(spots.flatMap(({ because }) => because ?? []));
  if (reasons.size === 0) return null;
  const more = reasons.size > 1 ? ` and ${reasons.size - 1} more` : '';
  return (
    `Not everything could be read at the source (${[...reasons][0]}${more}): see the blind spots, mend what was ` +
    'refused there, and import the source again.'
  );
}
