import type { Head, Revision } from '../../model/revision.js';
import type { Millis } from '../../model/time.js';
import { ANEW, type Changes } from '../change-notes.js';
import { asHead, type HeadRow } from '../rows/head.js';
import type { Connection } from './connection.js';

/** The table from revision to time. Its last row is the head, written last in a commit. */

const HEAD = 'SELECT rev, at FROM revision ORDER BY rev DESC LIMIT 1';
// Times never decrease from one revision to the next, so the last one at or before a time is the highest.
const AT = 'SELECT rev, at FROM revision WHERE at <= ? ORDER BY rev DESC LIMIT 1';
const ADD = 'INSERT INTO revision (rev, at, changes) VALUES (?, ?, ?)';
const CHANGES = 'SELECT changes FROM revision WHERE rev > ? AND rev <= ?';

export function readHead(connection: Connection): Head {
  return asHead(connection.get<HeadRow>(HEAD));
}

export function headAt(connection: Connection, at: Millis): Head {
  return asHead(connection.get<HeadRow>(AT, at));
}

export function addRevision(connection: Connection, head: Head, changes: Changes | typeof ANEW | null): void {
  connection.run(ADD, head.revision, head.at, changes === null ? null : JSON.stringify(changes));
}

/** The changes of each revision after `since` up to `until`; undefined where one has no notes, `ANEW` where one says so. */
export function changesBetween(
  connection: Connection,
  since: Revision,
  until: Revision,
): Changes[] | typeof ANEW | undefined {
  const rows = connection.all<[string | null]>(CHANGES, since, until);
  if (rows.some(([changes]) => changes === JSON.stringify(ANEW))) return ANEW;
  if (rows.some(([changes]) => changes === null)) return undefined;
  return rows.map(([changes]) => JSON.parse(changes as string) as Changes);
}
