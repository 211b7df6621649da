import type { Revision } from '../../model/revision.js';
import { checkRange, isName } from '../document-text.js';
import type { Document, DocumentRange } from '../journal.js';
import type { Connection, Parameters, Row, Run } from './connection.js';
import { orderText } from './order-text.js';
import { integer } from './values.js';

/**
 * Reads of documents at the head. A reader may see the commits of others while it reads, and a version of a document is
 * sure to stay only while the head is a revision at which it is current, or the next one. So the head is read before and
 * after the documents, and where it has moved, they are read again.
 */

/** How often documents are read that way. After that the head is locked, and writers wait. */
const ATTEMPTS = 3;

const HEAD = 'MATCH (h:TendrilHead {one: 1}) RETURN h.revision';
const HOLD = 'MATCH (h:TendrilHead {one: 1}) SET h.touched = timestamp() RETURN h.revision';

const COLUMNS = `d.key, d.fromRevision, d.body,
  CASE d.parts WHEN 0 THEN [] ELSE [(d)-[:TENDRIL_PART]->(part) | [part.at, part.body]] END`;
const FIND = `MATCH (d:TendrilDocument) USING INDEX SEEK d:TendrilDocument(collection, key, fromRevision)`;
// The server uses an index over three properties only for a statement with conditions on all of them, and only where
// none of the conditions depends on the head. So the condition on the head comes afterwards.
const BY_KEY = `MATCH (head:TendrilHead {one: 1}) UNWIND $p.keys AS key ${FIND}
  WHERE d.collection = $p.collection AND d.key = key AND d.fromRevision > 0
  WITH d, head.revision AS revision WHERE d.fromRevision <= revision
  WITH d ORDER BY d.fromRevision WITH d.key AS key, collect(d)[-1] AS d RETURN ${COLUMNS}`;
// The order is that of the index, so that only the page is read. A document has one or two versions up to the head, of
// which the later one counts.
const RANGE = (places: string) => `${FIND}
  WHERE d.collection = $p.collection AND ${places} AND d.fromRevision > 0
  WITH d ORDER BY d.collection, d.key, d.fromRevision
  MATCH (head:TendrilHead {one: 1}) WHERE d.fromRevision <= head.revision
  WITH d ORDER BY d.collection, d.key, d.fromRevision LIMIT 2 * $p.limit
  WITH d.key AS key, collect(d)[-1] AS d ORDER BY key LIMIT $p.limit RETURN ${COLUMNS} ORDER BY d.key`;

type DocumentRow = [key: string, fromRevision: Revision, body: string, parts: [at: number, body: string][]];

/** Documents in the order of the keys. */
export async function readDocuments(
  connection: Connection,
  collection: string,
  keys: readonly string[],
): Promise<(Document | undefined)[]> {
  const names = [...new Set(keys)].filter(isName);
  const rows = names.length === 0 ? [] : await readStanding(connection, BY_KEY, { collection, keys: names });
  const byKey = new Map(rows.map((row) => [row[0], asDocument(collection, row)]));
  return keys.map((key) => byKey.get(key));
}

/** @throws BAD_INPUT for a range that no page has. */
export async function readDocumentsFrom(
  connection: Connection,
  collection: string,
  range: DocumentRange,
): Promise<Document[]> {
  checkRange(range);
  const { prefix = '', after = '', limit } = range;
  const places = [`d.key > ${orderText(after, '$p.after')}`];
  if (prefix !== '') places.push(`d.key STARTS WITH ${orderText(prefix, '$p.prefix')}`);
  const cypher = RANGE(places.join(' AND '));
  const rows = await readStanding(connection, cypher, { collection, prefix, after, limit: integer(limit) });
  return rows.map((row) => asDocument(collection, row));
}

/** The rows that a statement finds at one head. */
async function readStanding(
  connection: Connection,
  cypher: string,
  parameters: Parameters,
): Promise<DocumentRow[]> {
  for (let left = ATTEMPTS; left > 0; left -= 1) {
    const [before, rows, after] = await connection.readAll<Row>([HEAD], [cypher, parameters], [HEAD]);
    if (before?.[0]?.[0] === after?.[0]?.[0]) return rows as unknown as DocumentRow[];
  }
  return connection.write(async (run: Run) => {
    await run(HOLD);
    return run<DocumentRow>(cypher, parameters);
  });
}

function asDocument(collection: string, [key, revision, body, parts]: DocumentRow): Document {
  const rest = parts.sort(([a], [b]) => a - b).map(([, text]) => text);
  return { collection, key, revision, body: JSON.parse([body, ...rest].join('')) as Document['body'] };
}
