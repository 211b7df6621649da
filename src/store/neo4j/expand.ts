import { type Flow, typeCodesIn } from '../../model/flow.js';
import { RELATIONSHIP_TYPES } from '../../model/relationships.js';
import type { GraphRows } from '../../model/rows.js';
import { checkFrontier } from '../frontier.js';
import { OPEN } from '../relationship-code.js';
import type { Connection, Statement } from './connection.js';
import {
  type EntityLists,
  entityColumns,
  GATHER_ENTITIES,
  GATHER_RELATIONSHIPS,
  type RelationshipLists,
  relationshipColumns,
} from './gather.js';
import { STANDS } from './relationship-row.js';
import type { Moment } from './state.js';
import { whole, wholes } from './values.js';

const seek = (node: string, label: string) => `UNWIND $p.frontier AS number
  MATCH (${node}:${label}) USING INDEX SEEK ${node}:${label}(number) WHERE ${node}.number = number`;
const OPEN_THEN = `${STANDS} AND r.code >= ${OPEN}`;

/** Of the types named, so that the server passes over all others of a hub. */
const leaving = (types: string) =>
  `${seek('a', 'Entity')} MATCH (a)-[r:${types}]->(b:Entity) WHERE ${OPEN_THEN} ${GATHER_RELATIONSHIPS}`;
const arriving = (types: string) =>
  `${seek('b', 'Entity')} MATCH (a:Entity)-[r:${types}]->(b) WHERE ${OPEN_THEN} ${GATHER_RELATIONSHIPS}`;
const PAST_LEAVING = `${seek('a', 'TendrilPast')} MATCH (a)-[r:TENDRIL_WAS]->(b:TendrilPast)
  WHERE ${OPEN_THEN} AND r.code % 32 IN $p.types ${GATHER_RELATIONSHIPS}`;
const PAST_ARRIVING = `${seek('b', 'TendrilPast')} MATCH (a:TendrilPast)-[r:TENDRIL_WAS]->(b)
  WHERE ${OPEN_THEN} AND r.code % 32 IN $p.types ${GATHER_RELATIONSHIPS}`;

const VERSION = (
  v: string,
) => `MATCH (${v}:TendrilVersion) USING INDEX SEEK ${v}:TendrilVersion(number, fromRevision)
  WHERE ${v}.number = number AND ${v}.fromRevision <= at AND ${v}.toRevision > at`;
const MATES = `UNWIND $p.frontier AS number ${VERSION('t')} AND t.family IS NOT NULL
  WITH DISTINCT at, t.family AS family, t.source AS source
  MATCH (v:TendrilVersion) USING INDEX SEEK v:TendrilVersion(family)
  WHERE v.family = family AND v.source = source AND v.fromRevision <= at AND v.toRevision > at
  RETURN collect(v.number)`;
const ENTITIES = `UNWIND $p.numbers AS number ${VERSION('v')} ${GATHER_ENTITIES}`;

/**
 * See `Store.expand`. Two round trips: what lies around, then who that is. The past last: rows move there and
 * never back.
 */
export async function expand(
  connection: Connection,
  frontier: readonly number[],
  flow: Flow,
  { cypher, revision }: Moment,
): Promise<GraphRows> {
  checkFrontier(frontier);
  const start = { at: whole(revision), frontier: wholes(new Set(frontier)) };
  const pages = await connection.readAll<RelationshipLists>(
    ...statements(flow).map(([text, types = {}]): Statement => [`${cypher} ${text}`, { ...start, ...types }]),
  );
  const relationships = relationshipColumns(pages.flat());
  const mates = flow.family ? await connection.read<[number[]]>(`${cypher} ${MATES}`, start) : [];
  const { from, to } = relationships;
  const numbers = wholes(new Set([...frontier, ...from, ...to, ...mates.flat(2)]));
  const [lists] = await connection.read<EntityLists>(`${cypher} ${ENTITIES}`, {
    at: whole(revision),
    numbers,
  });
  return { revision, entities: entityColumns(lists ?? [[], [], [], [], [], [], []]), relationships };
}

function statements({ out, into }: Flow): Statement[] {
  const names = (types: number) =>
    typeCodesIn(types)
      .map((code) => RELATIONSHIP_TYPES[code])
      .join('|');
  const codes = (types: number) => ({ types: wholes(typeCodesIn(types)) });
  return [
    ...(out === 0 ? [] : [[leaving(names(out))] as const]),
    ...(into === 0 ? [] : [[arriving(names(into))] as const]),
    ...(out === 0 ? [] : [[PAST_LEAVING, codes(out)] as const]),
    ...(into === 0 ? [] : [[PAST_ARRIVING, codes(into)] as const]),
  ];
}
