import type { Revision } from '../../model/revision.js';
import { checkRange, isName, textOf } from '../document-text.js';
import type { DocumentRange, DocumentWrite } from '../journal.js';
import type { Connection } from './connection.js';

/** Documents, as JSON. A version after the head belongs to a draft: each statement reads the head itself. */

/** A document whose body is still text. */
export type DocumentRow = readonly [key: string, revision: Revision, body: string];

const STANDS = 'd.revision <= (SELECT coalesce(max(rev), 0) FROM revision)';
// SQLite takes the other columns of a group from the row that has the maximum.
const BY_KEY = `SELECT d.key, max(d.revision), d.body FROM json_each($keys) w CROSS JOIN document d
  ON d.collection = $collection AND d.key = w.value AND ${STANDS} GROUP BY d.key`;
const RANGE = (upTo: string) => `SELECT d.key, max(d.revision), d.body FROM document d
  WHERE d.collection = $collection AND d.key > $after AND d.key >= $prefix ${upTo} AND ${STANDS}
  GROUP BY d.key ORDER BY d.key LIMIT $limit`;
const ALL_AFTER = RANGE('');
const BEFORE = RANGE('AND d.key < $end');

const FORGET = `DELETE FROM document WHERE collection = $collection AND key = $key AND revision <
  (SELECT max(revision) FROM document WHERE collection = $collection AND key = $key AND revision < $revision)`;
const PUT = 'INSERT OR REPLACE INTO document (collection, key, revision, body) VALUES (?, ?, ?, ?)';

/** The documents of a collection that exist, each once, in no order. */
export function readDocuments(
  connection: Connection,
  collection: string,
  keys: readonly string[],
): DocumentRow[] {
  if (!isName(collection)) return [];
  const names = [...new Set(keys)].filter(isName);
  return connection.all<DocumentRow>(BY_KEY, { collection, keys: JSON.stringify(names) });
}

/** @throws BAD_INPUT for a range that no page has. */
export function readDocumentsFrom(
  connection: Connection,
  collection: string,
  range: DocumentRange,
): DocumentRow[] {
  checkRange(range);
  if (!isName(collection)) return [];
  const { prefix = '', after = '', limit } = range;
  const end = endOf(prefix);
  const values = { collection, prefix, after, limit };
  return end === undefined
    ? connection.all<DocumentRow>(ALL_AFTER, values)
    : connection.all<DocumentRow>(BEFORE, { ...values, end });
}

/** @throws BAD_INPUT for what is no name of a document. */
export function writeDocument(connection: Connection, document: DocumentWrite, revision: Revision): void {
  const body = textOf(document);
  const { collection, key } = document;
  connection.run(FORGET, { collection, key, revision });
  connection.run(PUT, collection, key, revision, body);
}

/** The first text, in order of UTF-8 bytes, after all texts that begin with `prefix`; undefined where there is none. */
function endOf(prefix: string): string | undefined {
  const points = Array.from(prefix, (point) => point.codePointAt(0) as number);
  while (points.at(-1) === 0x10ffff) points.pop();
  const last = points.pop();
  if (last === undefined) return undefined;
  // Surrogates are not characters and have no UTF-8.
  return String.fromCodePoint(...points, last === 0xd7ff ? 0xe000 : last + 1);
}
