import type { SnapshotDocument } from '../model/snapshot.js';

/** A snapshot that was made of what another tool wrote. */
export interface Conversion {
  /** What it could not know stands in `couldNotRead`. */
  readonly document: SnapshotDocument;
  /** Sentences for people, sorted: how something was read that can be read in more than one way, and what was left out. */
  readonly notes: readonly string[];
}
