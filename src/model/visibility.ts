/** What of the sources could be seen when an answer was computed. Ids; times in ISO 8601. */
export interface Visibility {
  /** Accounts whose source does not look for some kinds, or could not read them. */
  readonly blindSpots: readonly {
    readonly account: string;
    readonly source: string;
    readonly missing: readonly string[];
    /** Why it could not be read; null where the source does not say that it looks for it. */
    readonly because: string | null;
  }[];
  /** Every source, in order of id. */
  readonly coverage: readonly {
    readonly source: string;
    /** null: never. */
    readonly lastSync: string | null;
    /** Whether that was longer ago than is accepted (`TENDRIL_STALE_AFTER`). */
    readonly stale: boolean;
  }[];
}

/** Of what was made before this was recorded. */
export const NOTHING_RECORDED: Visibility = { blindSpots: [], coverage: [] };
