import type { Flow } from '../../model/flow.js';
import type { Revision } from '../../model/revision.js';
import { codeIdentity, type Expanded } from '../../model/rows.js';
import { checkFrontier, identsIn } from '../frontier.js';
import { OPEN } from '../relationship-code.js';
import type { Connection } from './connection.js';
import {
  entityColumns,
  readColumns,
  relationshipColumns,
  selectEntities,
  selectRelationships,
} from './graph-columns.js';
import { anySustains } from './relationship-table.js';

const STANDS = (row: string) => `${row}.from_rev <= $at AND ${row}.to_rev > $at`;

const LEAVING =
  selectRelationships(`FROM json_each($frontier) w CROSS JOIN relationship r ON r.from_n = w.value
  WHERE r.ident IN (SELECT value FROM json_each($idents)) AND ${STANDS('r')} AND r.code & ${OPEN}`);
const ARRIVING = selectRelationships(`FROM json_each($frontier) w CROSS JOIN incoming i ON i.to_n = w.value
  AND i.ident IN (SELECT value FROM json_each($idents))
  CROSS JOIN relationship r ON r.from_n = i.from_n AND r.ident = i.ident AND r.to_n = i.to_n
  WHERE ${STANDS('r')} AND r.code & ${OPEN}`);
const MATES = `SELECT DISTINCT m.n FROM json_each($frontier) w CROSS JOIN entity e ON e.n = w.value AND ${STANDS('e')}
  CROSS JOIN entity m ON m.family = e.family AND m.source = e.source AND ${STANDS('m')}`;
const ENTITIES =
  selectEntities(`FROM json_each($numbers) w CROSS JOIN entity e ON e.n = w.value AND ${STANDS('e')}
  CROSS JOIN node d ON d.n = e.n`);

/** See `Store.expand`. `at` is not after the head. */
export function expand(
  connection: Connection,
  frontier: readonly number[],
  flow: Flow,
  at: Revision,
): Expanded {
  checkFrontier(frontier);
  const start = JSON.stringify([...new Set(frontier)]);
  const read = (sql: string, types: number) =>
    types === 0
      ? [[], [], []]
      : readColumns(connection, sql, { frontier: start, idents: JSON.stringify(identsIn(types)), at });
  const leaving = read(LEAVING, flow.out) as number[][];
  const arriving = read(ARRIVING, flow.into) as number[][];
  const relationships = relationshipColumns(once(leaving, arriving));
  const mates = flow.family ? connection.allPacked<[number]>(1, MATES, { frontier: start, at }).flat() : [];
  const { count, from, to } = relationships;
  const numbers = new Set([...frontier, ...from.subarray(0, count), ...to.subarray(0, count), ...mates]);
  const entities = readColumns(connection, ENTITIES, { numbers: JSON.stringify([...numbers]), at });
  return {
    revision: at,
    entities: entityColumns(entities),
    relationships,
    looked: frontier,
    anySustains: anySustains(connection),
  };
}

/** The columns of both, without duplicates: a relationship between two entities of the frontier is in both. */
function once(leaving: number[][], arriving: number[][]): number[][] {
  const [from, to, code] = leaving as [number[], number[], number[]];
  const [moreFrom, moreTo, moreCode] = arriving as [number[], number[], number[]];
  const keyOf = (a: number, b: number, ident: number) => `${a} ${b} ${codeIdentity(ident)}`;
  const known = new Set(from.map((one, at) => keyOf(one, to[at]!, code[at]!)));
  const fresh = moreFrom.flatMap((one, at) =>
    known.has(keyOf(one, moreTo[at]!, moreCode[at]!)) ? [] : [at],
  );
  return [
    [...from, ...fresh.map((at) => moreFrom[at]!)],
    [...to, ...fresh.map((at) => moreTo[at]!)],
    [...code, ...fresh.map((at) => moreCode[at]!)],
  ];
}
