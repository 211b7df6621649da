import type { Revision } from '../../model/revision.js';

/** The revision that a statement reads: the beginning of the statement, which names the revision `at`. */
export interface ReadPoint {
  readonly cypher: string;
  /** The value of the parameter `at`. */
  readonly revision: Revision;
}

/**
 * The read point of a reader: the head, where a later revision is asked for. The statement itself reads the head, so
 * that this needs no round trip of its own.
 */
export const readPointAt = (revision: Revision): ReadPoint => ({
  cypher: `MATCH (head:TendrilHead {one: 1})
  WITH CASE WHEN $p.at > head.revision THEN head.revision ELSE $p.at END AS at`,
  revision,
});

/** The read point of a draft: its rows carry the revision after the head. */
export const readPointOfDraft = (revision: Revision): ReadPoint => ({ cypher: 'WITH $p.at AS at', revision });
