import neo4j, { type Driver } from 'neo4j-driver';
import { RULES, type WalkRule } from '../../src/model/relationships.js';
import type { Millis } from '../../src/model/time.js';
import type { Place } from '../support/neo4j/kept-process.js';

/** Milliseconds: some ask about a hub, where a pattern may take minutes. */
const PATIENCE = 8000;
/** How often a way may turn from going with the arrows to going against them. */
const TURNS = 4;

const typesOf = (accept: (walk: WalkRule) => boolean): string[] =>
  RULES.filter(({ walk }) => walk !== null && accept(walk)).map(({ type }) => type);
const WITH = typesOf(({ direction }) => direction !== 'BACKWARD');
const AGAINST = typesOf(({ direction }) => direction !== 'FORWARD');
const CROSSING = typesOf(({ crossesDead }) => crossesDead);
const IF_ACCESS = typesOf(({ ifAccess }) => ifAccess);

const live = (node: string) =>
  `${node}.status IN $live AND (${node}.expiresAt IS NULL OR ${node}.expiresAt > $now)`;
const passes = (a: string, r: string) =>
  `(type(${r}) IN $crossing OR (${live(a)})) AND NOT (type(${r}) IN $ifAccess AND ${r}.access = false)`;

/** With the arrows any number of times, then against them any number of times, and that again, and again. */
const turn = (n: number) => `((a${n})-[r${n}:${WITH.join('|')}]->() WHERE ${passes(`a${n}`, `r${n}`)})*
  ((b${n})<-[s${n}:${AGAINST.join('|')}]-() WHERE ${passes(`b${n}`, `s${n}`)})*`;
/** `SHORTEST` has the server search breadth first: to list every way there is would take longer than anybody lives. */
const TURNING = `MATCH ANY SHORTEST (h:Entity {id: $id}) ${Array.from({ length: TURNS }, (_, n) => turn(n)).join('\n  ')} (x:Entity)
  WHERE ${live('x')} AND x.id <> $id RETURN DISTINCT x.id`;

/** Undirected, with the direction told by each relationship. */
const EITHER = `MATCH ANY SHORTEST (h:Entity {id: $id})
  ((a)-[r:${[...new Set([...WITH, ...AGAINST])].join('|')}]-(b) WHERE ${passes('a', 'r')}
    AND ((startNode(r) = a AND type(r) IN $with) OR (endNode(r) = a AND type(r) IN $against)))+ (x:Entity)
  WHERE ${live('x')} AND x.id <> $id RETURN x.id`;

export const RAW = { turning: TURNING, either: EITHER } as const;

/**
 * The exposure as somebody would ask for it who has nothing but Cypher. It says all of semantics section 2 but for
 * the levels, which a pattern cannot carry along: it may reach more than the walk does, and is compared only where
 * it reaches the same.
 */
export class RawExposure {
  private readonly driver: Driver;

  constructor(
    { uri, user, password }: Place,
    private readonly now: Millis,
  ) {
    this.driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });
  }

  async ids(human: string, cypher: string = RAW.turning): Promise<string[]> {
    const { records } = await this.driver.executeQuery(
      cypher,
      {
        id: human,
        now: neo4j.types.DateTime.fromStandardDate(new Date(this.now)),
        live: ['ACTIVE', 'LEAVING', 'ROTATION_REQUIRED'],
        crossing: CROSSING,
        ifAccess: IF_ACCESS,
        with: WITH,
        against: AGAINST,
      },
      { routing: neo4j.routing.READ, transactionConfig: { timeout: PATIENCE } },
    );
    return records.map((record) => String(record.get(0)));
  }

  close(): Promise<void> {
    return this.driver.close();
  }
}
