import type { Revision } from '../../model/revision.js';
import type { EntityColumns, GraphRows, RelationshipColumns } from '../../model/rows.js';
import { ANEW, changedBy } from '../change-notes.js';
import { type Triple } from '../relationship-code.js';
import { NO_ENTITIES, NO_RELATIONSHIPS } from '../rows/graph-columns.js';
import { bothEnds } from './both-ends.js';
import type { Connection } from './connection.js';
import {
  entityColumns,
  RETURN_ENTITIES,
  RETURN_RELATIONSHIPS,
  type RelationshipLists,
  relationshipColumns,
  type VersionLists,
} from './graph-columns.js';
import { groupBy } from './group-by.js';
import { IS_OPEN, STANDS } from './relationship-row.js';
import { typeOfIdent } from './relationship-writes.js';
import { changesBetween } from './revisions.js';
import { integer, integers } from './values.js';

/** Scans, from which the graph is loaded. Pages are ranges of entity numbers, so no transaction stays open between them. */

const ENTITIES_PER_PAGE = 8192;
/** The relationships of how many entities are one page. */
const ENTITIES_PER_RELATIONSHIP_PAGE = 4096;

const ENTITIES = `MATCH (v:TendrilVersion) USING INDEX SEEK v:TendrilVersion(number, fromRevision)
  WHERE v.number > $p.after AND v.number <= $p.upTo AND v.fromRevision IS NOT NULL
  WITH v ORDER BY v.number
  WHERE v.fromRevision > $p.since AND v.fromRevision <= $p.until AND v.toRevision > $p.until ${RETURN_ENTITIES}`;
const RELATIONSHIPS = (label: string, type: string) => `WITH $p.until AS at
  MATCH (a:${label}) USING INDEX SEEK a:${label}(number) WHERE a.number > $p.after AND a.number <= $p.upTo
  MATCH (a)-[r${type}]->(b:${label})
  WHERE r.fromRevision > $p.since AND ${STANDS} AND ($p.ended OR ${IS_OPEN}) ${RETURN_RELATIONSHIPS}`;
/** May be a number of a draft, which has no rows to read. The number in the head may be older than its revision. */
const LAST = `MATCH (e:Entity) USING INDEX e:Entity(number) WHERE e.number > 0
  RETURN e.number ORDER BY e.number DESC LIMIT 1`;

const NAMED_ENTITIES = `UNWIND $p.numbers AS number MATCH (v:TendrilVersion)
  USING INDEX SEEK v:TendrilVersion(number, fromRevision)
  WHERE v.number = number AND v.fromRevision <= $p.until AND v.toRevision > $p.until
  WITH v ORDER BY v.number ${RETURN_ENTITIES}`;
const NAMED_RELATIONSHIPS = (label: string, type: string) => `WITH $p.until AS at UNWIND $p.keys AS key
  ${bothEnds(label, 'key', 'at')}
  MATCH (a)-[r:${type}]->(b) WHERE r.code % 128 = key[2] AND ${STANDS} ${RETURN_RELATIONSHIPS}`;

/** See `Store.scan`; `until` is not after the head. */
export async function* scan(
  connection: Connection,
  since: Revision,
  until: Revision,
): AsyncGenerator<GraphRows> {
  if (since >= until) return;
  const noted = since > 0 ? await changesBetween(connection, since, until) : undefined;
  if (noted === ANEW) {
    yield { revision: until, entities: NO_ENTITIES, relationships: NO_RELATIONSHIPS, anew: true };
    yield* scan(connection, 0, until);
    return;
  }
  if (noted !== undefined) {
    const { entities, relationships } = changedBy(noted);
    yield {
      revision: until,
      entities: await namedEntities(connection, entities, until),
      relationships: await namedRelationships(connection, relationships, until),
    };
    return;
  }
  const [row] = await connection.read<[number]>(LAST);
  const last = row?.[0] ?? 0;
  for (let after = 0; after < last; after += ENTITIES_PER_PAGE) {
    const range = { since, until, after, upTo: after + ENTITIES_PER_PAGE };
    const entities = await entityPage(connection, range);
    if (entities.count > 0) yield { revision: until, entities, relationships: NO_RELATIONSHIPS };
  }
  for (let after = 0; after < last; after += ENTITIES_PER_RELATIONSHIP_PAGE) {
    const range = { since, until, after, upTo: after + ENTITIES_PER_RELATIONSHIP_PAGE };
    const relationships = await relationshipPage(connection, range);
    if (relationships.count > 0) yield { revision: until, entities: NO_ENTITIES, relationships };
  }
}

interface Range {
  readonly since: Revision;
  readonly until: Revision;
  readonly after: number;
  readonly upTo: number;
}

const parametersOf = ({ since, until, after, upTo }: Range) => ({
  since: integer(since),
  until: integer(until),
  after: integer(after),
  upTo: integer(upTo),
  ended: since > 0,
});

async function entityPage(connection: Connection, range: Range): Promise<EntityColumns> {
  const [lists] = await connection.read<VersionLists>(ENTITIES, parametersOf(range));
  return entityColumns(lists as VersionLists);
}

/** The past is read last, because rows move there and never back. */
async function relationshipPage(connection: Connection, range: Range): Promise<RelationshipColumns> {
  const parameters = parametersOf(range);
  const pages = await connection.readAll<RelationshipLists>(
    [RELATIONSHIPS('Entity', ''), parameters],
    [RELATIONSHIPS('TendrilPast', ':TENDRIL_WAS'), parameters],
  );
  return relationshipColumns(pages.flat());
}

async function namedEntities(
  connection: Connection,
  numbers: ReadonlySet<number>,
  until: Revision,
): Promise<EntityColumns> {
  if (numbers.size === 0) return NO_ENTITIES;
  const [lists] = await connection.read<VersionLists>(NAMED_ENTITIES, {
    numbers: integers(numbers),
    until: integer(until),
  });
  return entityColumns(lists as VersionLists);
}

async function namedRelationships(
  connection: Connection,
  triples: readonly Triple[],
  until: Revision,
): Promise<RelationshipColumns> {
  if (triples.length === 0) return NO_RELATIONSHIPS;
  const parameters = (some: readonly Triple[]) => ({
    until: integer(until),
    keys: some.map(([from, ident, to]) => [from, to, ident].map(integer)),
  });
  const pages = await connection.readAll<RelationshipLists>(
    ...Array.from(
      groupBy(triples, ([, ident]) => typeOfIdent(ident)),
      ([type, some]) => [NAMED_RELATIONSHIPS('Entity', type), parameters(some)] as const,
    ),
    [NAMED_RELATIONSHIPS('TendrilPast', 'TENDRIL_WAS'), parameters(triples)],
  );
  return relationshipColumns(pages.flat());
}
