import { TimeSlice } from '../../async/time-slice.js';
import type { Revision } from '../../model/revision.js';
import type { GraphRows } from '../../model/rows.js';
import { codeIdentity } from '../../model/rows.js';
import { ANEW, changedBy } from '../change-notes.js';
import { OPEN } from '../relationship-code.js';
import { NO_ENTITIES, NO_RELATIONSHIPS } from '../rows/graph-columns.js';
import type { Connection } from './connection.js';
import {
  entityColumns,
  readColumns,
  relationshipColumns,
  selectEntities,
  selectRelationships,
} from './graph-columns.js';
import { changesBetween } from './revisions.js';

/** Scans, from which the graph is loaded. Each page begins after a key, so that no statement stays open between pages. */

const ENTITIES_PER_PAGE = 8192;
const RELATIONSHIPS_PER_PAGE = 32_768;

// `+` keeps SQLite on the primary key, whose order the pages follow.
const CHANGED = (row: string) =>
  `+${row}.from_rev > $since AND +${row}.from_rev <= $until AND +${row}.to_rev > $until`;

const ENTITIES = selectEntities(`FROM entity e CROSS JOIN node d ON d.n = e.n
  WHERE e.n > $after AND ${CHANGED('e')} ORDER BY e.n LIMIT ${ENTITIES_PER_PAGE}`);
const RELATIONSHIPS = selectRelationships(`FROM relationship r
  WHERE (r.from_n, r.ident, r.to_n) > ($from, $ident, $to) AND ${CHANGED('r')} AND ($since > 0 OR r.code & ${OPEN})
  ORDER BY r.from_n, r.ident, r.to_n LIMIT ${RELATIONSHIPS_PER_PAGE}`);

const NAMED_ENTITIES = selectEntities(`FROM json_each($wanted) w CROSS JOIN entity e ON e.n = w.value
  AND e.from_rev <= $until AND e.to_rev > $until CROSS JOIN node d ON d.n = e.n`);
const NAMED_RELATIONSHIPS = selectRelationships(`FROM json_each($wanted) w CROSS JOIN relationship r
  ON r.from_n = w.value ->> 0 AND r.ident = w.value ->> 1 AND r.to_n = w.value ->> 2
  AND r.from_rev <= $until AND r.to_rev > $until`);

/** See `Store.scan`; `until` is not after the head. */
export async function* scan(
  connection: Connection,
  since: Revision,
  until: Revision,
): AsyncGenerator<GraphRows> {
  if (since >= until) return;
  const noted = since > 0 ? changesBetween(connection, since, until) : undefined;
  if (noted === ANEW) {
    yield { revision: until, entities: NO_ENTITIES, relationships: NO_RELATIONSHIPS, anew: true };
    yield* scan(connection, 0, until);
    return;
  }
  if (noted !== undefined) {
    const { entities, relationships } = changedBy(noted);
    const wanted = (rows: Iterable<unknown>) => ({ until, wanted: JSON.stringify([...rows]) });
    yield {
      revision: until,
      entities: entityColumns(readColumns(connection, NAMED_ENTITIES, wanted(entities))),
      relationships: relationshipColumns(readColumns(connection, NAMED_RELATIONSHIPS, wanted(relationships))),
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
  const slice = new TimeSlice();
  let after = 0;
  for (;;) {
    const entities = entityColumns(readColumns(connection, ENTITIES, { since, until, after }));
    if (entities.count === 0) return;
    after = entities.entity[entities.count - 1] as number;
    yield { revision: until, entities, relationships: NO_RELATIONSHIPS };
    await slice.giveWay();
  }
}

async function* scanRelationships(
  connection: Connection,
  since: Revision,
  until: Revision,
): AsyncGenerator<GraphRows> {
  const slice = new TimeSlice();
  let after = { from: 0, ident: 0, to: 0 };
  for (;;) {
    const relationships = relationshipColumns(
      readColumns(connection, RELATIONSHIPS, { since, until, ...after }),
    );
    if (relationships.count === 0) return;
    const last = relationships.count - 1;
    after = {
      from: relationships.from[last] as number,
      ident: codeIdentity(relationships.code[last] as number),
      to: relationships.to[last] as number,
    };
    yield { revision: until, entities: NO_ENTITIES, relationships };
    await slice.giveWay();
  }
}
