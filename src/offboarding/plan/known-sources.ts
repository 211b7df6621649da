import { blindSpots } from '../../graph/radii/blind-spots.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import type { SourceRecord } from '../../model/entity.js';
import type { Millis } from '../../model/time.js';
import { compareUtf8 } from '../../model/utf8.js';

/** What planning has to know of the sources: how far they have looked, and how they are acted on. */
export interface KnownSources {
  readonly sources: readonly SourceRecord[];
  /** How long after its last snapshot a source is stale. */
  readonly staleAfter: Millis;
  /** Where orders for a source are sent; null: nowhere, because they are done here or by people. */
  sentTo(source: SourceRecord): string | null;
}

/** Something of an account that no source has looked for, or that one could not read. */
export interface PlannedBlindSpot {
  readonly account: string;
  readonly source: string;
  /** Kinds that the source does not say it reports, or kinds and types that it could not read; in order. */
  readonly missing: readonly string[];
  /** Why it could not read them; null: it does not say that it looks for them. */
  readonly because: string | null;
}

/** What was not known when a plan was made. It is hashed: whoever approves the plan approves it with this. */
export interface NotKnown {
  /** In order of account. */
  readonly blindSpots: readonly PlannedBlindSpot[];
  /** Ids of sources whose last snapshot was too old, in order: they may have changed since. */
  readonly staleSources: readonly string[];
}

/** How a source is acted on. */
export interface ActedOn {
  readonly source: string;
  readonly actuation: string;
  readonly sentTo: string | null;
}

/**
 * What is not known about those who leave, at the moment of a plan.
 *
 * @param who humans or accounts; none where a plan is about something else
 * @param sourceId the id of a source by its number
 */
export function notKnownOf(
  view: GraphView,
  who: readonly EntityNumber[],
  { sources, staleAfter }: KnownSources,
  sourceId: (number: number) => string,
  evaluatedAt: Millis,
): NotKnown {
  const spots = blindSpots(view, who, sources).map(({ account, source, missing, because }) => ({
    account: view.idOf(account),
    source: sourceId(source),
    missing: [...new Set(missing)].sort(compareUtf8),
    because,
  }));
  // What Tendril itself keeps is never read from anywhere.
  const isStale = ({ syncedAt }: SourceRecord) => syncedAt > 0 && evaluatedAt - syncedAt > staleAfter;
  return {
    blindSpots: spots.sort(bySpot),
    staleSources: sources
      .filter(isStale)
      .map(({ id }) => id)
      .sort(compareUtf8),
  };
}

/** By account, source, reason and kinds: the order of the sources in a store does not matter. */
function bySpot(a: PlannedBlindSpot, b: PlannedBlindSpot): number {
  return (
    compareUtf8(a.account, b.account) ||
    compareUtf8(a.source, b.source) ||
    compareUtf8(a.because ?? '', b.because ?? '') ||
    compareUtf8(a.missing.join(), b.missing.join())
  );
}

/**
 * How the sources of a plan are acted on, in order of id.
 *
 * @param actions those of the plan
 */
export function actedOn(actions: readonly { readonly source: string }[], known: KnownSources): ActedOn[] {
  const concerned = new Set(actions.map(({ source }) => source));
  return known.sources
    .filter(({ id }) => concerned.has(id))
    .map((source) => ({ source: source.id, actuation: source.actuation, sentTo: known.sentTo(source) }))
    .sort((a, b) => compareUtf8(a.source, b.source));
}
