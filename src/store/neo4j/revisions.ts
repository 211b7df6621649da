import type { Head, Revision } from '../../model/revision.js';
import type { Millis } from '../../model/time.js';
import { ANEW, type Changes } from '../change-notes.js';
import { asHead, type HeadRow } from '../rows/head.js';
import type { Connection } from './connection.js';
import { integer } from './values.js';

/** The revisions and their times, and which of them is the head. */

export async function readHead(connection: Connection): Promise<Head> {
  // The server changes the properties of the head one after the other; the node of its revision is complete before.
  const [row] = await connection.read<HeadRow>(
    `MATCH (h:TendrilHead {one: 1}) MATCH (r:TendrilRevision) WHERE r.revision = h.revision
     RETURN r.revision, r.at`,
  );
  return asHead(row);
}

/** Times never decrease from one revision to the next, so the last one at or before a time is the highest. */
export async function headAt(connection: Connection, at: Millis): Promise<Head> {
  const [row] = await connection.read<HeadRow>(
    `MATCH (h:TendrilHead {one: 1}) MATCH (r:TendrilRevision) WHERE r.at <= $p.at AND r.revision <= h.revision
     RETURN r.revision, r.at ORDER BY r.at DESC, r.revision DESC LIMIT 1`,
    { at: integer(at) },
  );
  return asHead(row);
}

/** The changes of each revision after `since` up to `until`; undefined where one has no notes, `ANEW` where one says so. */
export async function changesBetween(
  connection: Connection,
  since: Revision,
  until: Revision,
): Promise<Changes[] | typeof ANEW | undefined> {
  const rows = await connection.read<[number[] | null, number[], boolean | null]>(
    `MATCH (r:TendrilRevision) WHERE r.revision > $p.since AND r.revision <= $p.until
     RETURN r.entities, r.relationships, r.anew`,
    { since: integer(since), until: integer(until) },
  );
  if (rows.some(([, , anew]) => anew === true)) return ANEW;
  if (rows.some(([entities]) => entities === null)) return undefined;
  return rows as unknown as Changes[];
}
