import type { Head, Revision } from '../../model/revision.js';
import type { Millis } from '../../model/time.js';
import type { Changes } from '../change-notes.js';
import { asHead, type HeadRow } from '../rows/head.js';
import type { Connection } from './connection.js';
import { whole } from './values.js';

/** The head, and the revisions that it has been. */

/** A revision to read at, as the beginning of a statement that then knows it as `at`. */
export interface Moment {
  readonly cypher: string;
  readonly revision: Revision;
}

/**
 * What a reader may see: a revision later than the head is the head. Read within the statement itself, so that
 * nothing is asked for twice.
 */
export const upToHead = (revision: Revision): Moment => ({
  cypher: `MATCH (head:TendrilHead {one: 1})
  WITH CASE WHEN $p.at > head.revision THEN head.revision ELSE $p.at END AS at`,
  revision,
});

/** What a draft sees: its own rows, which carry the revision after the head. */
export const withDraft = (revision: Revision): Moment => ({ cypher: 'WITH $p.at AS at', revision });

export async function readHead(connection: Connection): Promise<Head> {
  // The head is changed while others read it, one property after the other; what it stands for was there before.
  const [row] = await connection.read<HeadRow>(
    `MATCH (h:TendrilHead {one: 1}) MATCH (r:TendrilRevision) WHERE r.revision = h.revision
     RETURN r.revision, r.at`,
  );
  return asHead(row);
}

/** Times never fall from one revision to the next, so the last one at or before a moment is the highest. */
export async function headAt(connection: Connection, at: Millis): Promise<Head> {
  const [row] = await connection.read<HeadRow>(
    `MATCH (h:TendrilHead {one: 1}) MATCH (r:TendrilRevision) WHERE r.at <= $p.at AND r.revision <= h.revision
     RETURN r.revision, r.at ORDER BY r.at DESC, r.revision DESC LIMIT 1`,
    { at: whole(at) },
  );
  return asHead(row);
}

/** What changed after `since` up to `until`, by revision; undefined where one of them was too large to note. */
export async function changesBetween(
  connection: Connection,
  since: Revision,
  until: Revision,
): Promise<Changes[] | undefined> {
  const rows = await connection.read<[number[] | null, number[]]>(
    `MATCH (r:TendrilRevision) WHERE r.revision > $p.since AND r.revision <= $p.until
     RETURN r.entities, r.relationships`,
    { since: whole(since), until: whole(until) },
  );
  if (rows.some(([entities]) => entities === null)) return undefined;
  return rows as Changes[];
}
