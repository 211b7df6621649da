import type { Millis } from '../../model/time.js';

/** Under what changes are made. */
export interface Applying {
  /** Id of the case. */
  readonly case: string;
  /** When the case acts: what its sources have said until then is not believed against it. */
  readonly at: Millis;
  /** What the source calls what it made; null where nothing was made, or it did not say. */
  readonly externalId: string | null;
}

/** One thing that is not as it was, for the auditor. */
export interface Applied {
  readonly what: Readonly<Record<string, string>>;
  readonly before: string | null;
  readonly after: string | null;
}
