import { type Flow, MAX_FRONTIER, typeCodesIn } from '../../model/flow.js';
import { ADMIN, READ } from '../../model/levels.js';
import { RELATIONSHIP_TYPES, RULES } from '../../model/relationships.js';
import type { Expanded } from '../../model/rows.js';
import { checkFrontier } from '../frontier.js';
import { NO_ENTITIES, NO_RELATIONSHIPS } from '../rows/graph-columns.js';
import type { Connection } from './connection.js';
import {
  entityColumns,
  type RelationshipLists,
  relationshipColumns,
  VERSION_COLUMNS,
  type VersionLists,
} from './graph-columns.js';
import type { ReadPoint } from './read-point.js';
import { IS_OPEN, STANDS } from './relationship-row.js';
import { integer, integers } from './values.js';

/**
 * An expansion as one statement, because a round trip is most of the time of a small expansion. Its parts are
 * subqueries that each return one row, so that the server runs them in the order in which readers have to read: the past
 * last, because rows move there and never back.
 */

const STANDS_OPEN = `${STANDS} AND ${IS_OPEN}`;
/** How many steps one expansion looks ahead. Longer walks are rare, and need another expansion. */
const STEPS_AHEAD = 16;

/** The codes of the types after which a walk has the same level as before. */
const SAME_LEVEL = `[${RULES.flatMap(({ walk }, code) => (walk?.gives === 'SAME' ? [code] : [])).join(', ')}]`;

const FRONTIER = `CALL { UNWIND $p.frontier AS number
    MATCH (e:Entity) USING INDEX SEEK e:Entity(number) WHERE e.number = number RETURN collect(e) AS frontier }`;
const NOT_AHEAD = 'WITH at, frontier AS looked';

/** A step of a walk that is at `a` with `level`, in one direction: the level that it needs, and the level that it gives. */
const step = (types: number, pattern: (named: string) => string) =>
  types === 0
    ? []
    : [
        `WITH at, a, level MATCH ${pattern(`[r:${names(types)}]`)}
        WHERE ${STANDS_OPEN} AND level >= r.code / 128 % 4
        RETURN b, CASE WHEN r.code % 32 IN ${SAME_LEVEL} THEN level WHEN r.code / 32 % 4 = 0 THEN ${ADMIN}
          ELSE r.code / 32 % 4 END AS gives`,
      ];

/**
 * The entities that a walk reaches from the frontier in the graph that people see, step by step, the nearest first, as
 * many as there is room for. It may miss relationships that have moved into the past, and may go on where a walk would
 * stop. Neither changes an answer, because the entities that it finds are only expanded like the frontier.
 */
function ahead({ out, into }: NonNullable<Flow['onward']>): string {
  const steps = [
    ...step(out, (named) => `(a)-${named}->(b:Entity)`),
    ...step(into, (named) => `(a)<-${named}-(b:Entity)`),
  ];
  const next = `COLLECT { UNWIND walk.last AS stand WITH stand[0] AS a, stand[1] AS level
      CALL { ${steps.join(' UNION ALL ')} }
      WITH b, gives WHERE NOT b IN walk.seen RETURN DISTINCT [b, gives] LIMIT $p.room }`;
  return `WITH at, reduce(
      walk = { seen: frontier, last: [a IN frontier | [a, CASE WHEN a:Resource THEN ${READ} ELSE ${ADMIN} END]] },
      nth IN range(1, $p.steps) | head([next IN [${next}] |
        { seen: walk.seen + [stand IN next | stand[0]], last: next }])).seen AS seen
    CALL { WITH seen UNWIND seen AS a WITH DISTINCT a LIMIT $p.room RETURN collect(a) AS looked }
    WITH at, looked`;
}

/** The relationships of some types from `a` to `b`, one of which is an entity to expand. */
const present = (from: 'a' | 'b', types: number, nth: number) =>
  types === 0
    ? `WITH *, [[], [], []] AS links${nth}`
    : `CALL { WITH at, looked UNWIND looked AS ${from}
        MATCH (a:Entity)-[r:${names(types)}]->(b:Entity) WHERE ${STANDS_OPEN} RETURN ${LINKS} AS links${nth} }`;
const past = (from: 'a' | 'b', types: number, nth: number) =>
  types === 0
    ? `WITH *, [[], [], []] AS links${nth}`
    : `CALL { WITH at, numbers UNWIND numbers AS number
        MATCH (${from}:TendrilPast) USING INDEX SEEK ${from}:TendrilPast(number) WHERE ${from}.number = number
        MATCH (a:TendrilPast)-[r:TENDRIL_WAS]->(b:TendrilPast)
        WHERE ${STANDS_OPEN} AND r.code % 32 IN $p.types${nth} RETURN ${LINKS} AS links${nth} }`;
const LINKS = '[collect(a.number), collect(b.number), collect(r.code)]';

const VERSION = (
  v: string,
) => `MATCH (${v}:TendrilVersion) USING INDEX SEEK ${v}:TendrilVersion(number, fromRevision)
  WHERE ${v}.number = number AND ${v}.fromRevision <= at AND ${v}.toRevision > at`;
const MATES = `CALL { WITH at UNWIND $p.frontier AS number ${VERSION('t')} AND t.family IS NOT NULL
  WITH DISTINCT at, t.family AS family, t.source AS source
  MATCH (v:TendrilVersion) USING INDEX SEEK v:TendrilVersion(family)
  WHERE v.family = family AND v.source = source AND v.fromRevision <= at AND v.toRevision > at
  RETURN collect(v.number) AS mates }`;
const NO_MATES = 'WITH *, [] AS mates';
const ENTITIES = `CALL { WITH *
    UNWIND $p.frontier + mates + links1[0] + links1[1] + links2[0] + links2[1]
      + links3[0] + links3[1] + links4[0] + links4[1] AS number
    WITH DISTINCT at, number ${VERSION('v')} RETURN [${VERSION_COLUMNS}] AS rows }
  CALL { MATCH (head:TendrilHead {one: 1}) RETURN coalesce(head.anySustains, false) AS anySustains }
  RETURN numbers, links1, links2, links3, links4, rows, anySustains`;

function statement({ out, into, family, onward }: Flow): string {
  return [
    FRONTIER,
    onward === undefined ? NOT_AHEAD : ahead(onward),
    'WITH at, looked, [a IN looked | a.number] AS numbers',
    present('a', out, 1),
    present('b', into, 2),
    past('a', out, 3),
    past('b', into, 4),
    family ? MATES : NO_MATES,
    ENTITIES,
  ].join('\n');
}

/** The names of types, with which the server skips all other relationships of a hub. */
const names = (types: number) =>
  typeCodesIn(types)
    .map((code) => RELATIONSHIP_TYPES[code])
    .join('|');

type Lists = [
  looked: number[],
  ...links: [RelationshipLists, RelationshipLists, RelationshipLists, RelationshipLists],
  rows: VersionLists,
  anySustains: boolean,
];

/** See `Store.expand`. */
export async function expand(
  connection: Connection,
  frontier: readonly number[],
  flow: Flow,
  { cypher, revision }: ReadPoint,
): Promise<Expanded> {
  checkFrontier(frontier);
  const types = { out: integers(typeCodesIn(flow.out)), into: integers(typeCodesIn(flow.into)) };
  const [lists] = await connection.read<Lists>(`${cypher} ${statement(flow)}`, {
    at: integer(revision),
    frontier: integers(new Set(frontier)),
    steps: integer(frontier.length < MAX_FRONTIER ? STEPS_AHEAD : 0),
    room: integer(MAX_FRONTIER),
    types3: types.out,
    types4: types.into,
  });
  if (lists === undefined) {
    const nothing = { entities: NO_ENTITIES, relationships: NO_RELATIONSHIPS };
    return { revision, ...nothing, looked: frontier, anySustains: false };
  }
  const [looked, one, two, three, four, rows, anySustains] = lists;
  return {
    revision,
    entities: entityColumns(rows),
    relationships: relationshipColumns([one, two, three, four]),
    looked: [...new Set([...frontier, ...looked])],
    anySustains,
  };
}
