import type { Revision } from '../../model/revision.js';
import type { EntityColumns, GraphRows, RelationshipColumns } from '../../model/rows.js';
import { codeIdentity } from '../../model/rows.js';
import { OPEN } from '../relationship-code.js';
import { Breath } from './breath.js';
import type { Connection, Named } from './connection.js';
import { changesBetween } from './revisions.js';

/**
 * What the graph is loaded from. SQLite gathers each column of a page into one JSON array: reading a million
 * rows that way takes a quarter of the time of reading them row by row. Pages go by key, so that no statement
 * stays open while others have their turn.
 */

const ENTITIES_PER_PAGE = 8192;
const RELATIONSHIPS_PER_PAGE = 32_768;

const ENTITY_FIELDS = 'e.n, d.id, e.kind, e.flags, e.expires_at, e.source, e.family';
const RELATIONSHIP_FIELDS = 'r.from_n, r.to_n, r.code';

const gathered = (fields: string, names: string, from: string) =>
  `SELECT ${names
    .split(', ')
    .map((name) => `json_group_array(${name})`)
    .join(', ')} FROM (SELECT ${fields} ${from})`;

const gatherEntities = (from: string) =>
  gathered(ENTITY_FIELDS, 'n, id, kind, flags, expires_at, source, family', from);
const gatherRelationships = (from: string) => gathered(RELATIONSHIP_FIELDS, 'from_n, to_n, code', from);

// `+` keeps SQLite on the primary key, whose order the pages follow.
const CHANGED = (row: string) =>
  `+${row}.from_rev > $since AND +${row}.from_rev <= $until AND +${row}.to_rev > $until`;

const ENTITIES = gatherEntities(`FROM entity e CROSS JOIN node d ON d.n = e.n
  WHERE e.n > $after AND ${CHANGED('e')} ORDER BY e.n LIMIT ${ENTITIES_PER_PAGE}`);
const RELATIONSHIPS = gatherRelationships(`FROM relationship r
  WHERE (r.from_n, r.ident, r.to_n) > ($from, $ident, $to) AND ${CHANGED('r')} AND ($since > 0 OR r.code & ${OPEN})
  ORDER BY r.from_n, r.ident, r.to_n LIMIT ${RELATIONSHIPS_PER_PAGE}`);

const NAMED_ENTITIES = gatherEntities(`FROM json_each($wanted) w CROSS JOIN entity e ON e.n = w.value
  AND e.from_rev <= $until AND e.to_rev > $until CROSS JOIN node d ON d.n = e.n`);
const NAMED_RELATIONSHIPS = gatherRelationships(`FROM json_each($wanted) w CROSS JOIN relationship r
  ON r.from_n = w.value ->> 0 AND r.ident = w.value ->> 1 AND r.to_n = w.value ->> 2
  AND r.from_rev <= $until AND r.to_rev > $until`);

const NO_ENTITIES = entityColumns([[], [], [], [], [], [], []]);
const NO_RELATIONSHIPS = relationshipColumns([[], [], []]);

/** See `Store.scan`; `until` is not after the head. */
export async function* scan(
  connection: Connection,
  since: Revision,
  until: Revision,
): AsyncGenerator<GraphRows> {
  if (since >= until) return;
  const noted = since > 0 ? changesBetween(connection, since, until) : undefined;
  if (noted !== undefined) {
    const entities = new Set(noted.flatMap(([numbers]) => numbers));
    const keys = new Map(noted.flatMap(([, flat]) => triples(flat)).map((key) => [key.join(), key]));
    const wanted = (rows: Iterable<unknown>) => ({ until, wanted: JSON.stringify([...rows]) });
    yield {
      revision: until,
      entities: entityColumns(fetch(connection, NAMED_ENTITIES, wanted(entities))),
      relationships: relationshipColumns(fetch(connection, NAMED_RELATIONSHIPS, wanted(keys.values()))),
    };
    return;
  }
  yield* scanEntities(connection, since, until);
  yield* scanRelationships(connection, since, until);
}

async function* scanEntities(
  connection: Connection,
  since: Revision,
  until: Revision,
): AsyncGenerator<GraphRows> {
  const breath = new Breath();
  let after = 0;
  for (;;) {
    const entities = entityColumns(fetch(connection, ENTITIES, { since, until, after }));
    if (entities.count === 0) return;
    after = entities.entity[entities.count - 1] as number;
    yield { revision: until, entities, relationships: NO_RELATIONSHIPS };
    await breath.take();
  }
}

async function* scanRelationships(
  connection: Connection,
  since: Revision,
  until: Revision,
): AsyncGenerator<GraphRows> {
  const breath = new Breath();
  let after = { from: 0, ident: 0, to: 0 };
  for (;;) {
    const relationships = relationshipColumns(fetch(connection, RELATIONSHIPS, { since, until, ...after }));
    if (relationships.count === 0) return;
    const last = relationships.count - 1;
    after = {
      from: relationships.from[last] as number,
      ident: codeIdentity(relationships.code[last] as number),
      to: relationships.to[last] as number,
    };
    yield { revision: until, entities: NO_ENTITIES, relationships };
    await breath.take();
  }
}

/** One page, as an array for each column. */
function fetch(connection: Connection, sql: string, values: Named): unknown[][] {
  const columns = connection.get<string[]>(sql, values) as string[];
  return columns.map((column) => JSON.parse(column) as unknown[]);
}

function entityColumns(columns: readonly unknown[][]): EntityColumns {
  const [entity, id, kind, flags, expiresAt, source, family] = columns;
  return {
    count: (entity as number[]).length,
    entity: Uint32Array.from(entity as number[]),
    id: id as string[],
    kind: Uint8Array.from(kind as number[]),
    flags: Uint8Array.from(flags as number[]),
    expiresAt: Float64Array.from(expiresAt as (number | null)[], (at) => at ?? Number.POSITIVE_INFINITY),
    source: Uint32Array.from(source as number[]),
    family: family as (string | null)[],
  };
}

function relationshipColumns(columns: readonly unknown[][]): RelationshipColumns {
  const [from, to, code] = columns as [number[], number[], number[]];
  return {
    count: from.length,
    from: Uint32Array.from(from),
    to: Uint32Array.from(to),
    code: Uint16Array.from(code),
  };
}

function triples(flat: readonly number[]): number[][] {
  return Array.from({ length: flat.length / 3 }, (_, at) => flat.slice(at * 3, at * 3 + 3));
}
