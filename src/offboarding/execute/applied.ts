import type { Millis } from '../../model/time.js';

/** In which case, and when, changes are made. */
export interface Applying {
  /** Id of the case. */
  readonly case: string;
  /** When the case acts. Claims of sources up to this moment do not override it. */
  readonly at: Millis;
  /** The name that the source gave to what it made; null where it made nothing, or gave no name. */
  readonly externalId: string | null;
}

/** One change that was made, for the audit log: a value before and after. */
export interface Applied {
  readonly what: Readonly<Record<string, string>>;
  readonly before: string | null;
  readonly after: string | null;
}
