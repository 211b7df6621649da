import type { SeenFragment, UnseenFragment } from '../documents/generated/graphql.js';
import { type Unknown, unknownIn } from '../model/unknown.js';

/** What of the sources could be seen, as the API answers. */
export interface Seen {
  readonly blindSpots: readonly UnseenFragment[];
  readonly coverage: readonly SeenFragment[];
}

/** What could not be looked into, of what the API says could be seen. */
export function unknownOf({ blindSpots, coverage }: Seen): Unknown[] {
  return unknownIn({
    blindSpots: blindSpots.map(({ account, source, missing, because }) => ({
      account: account.id,
      source: source.id,
      missing,
      because,
    })),
    coverage: coverage.map(({ source, lastSync, stale }) => ({ source: source.id, lastSync, stale })),
  });
}
