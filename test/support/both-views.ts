import { expect } from '@jest/globals';
import { StoreGraphState, type StoreReader } from '../../src/graph/from-store/store-graph-state.js';
import type { GraphQuery, WholeView } from '../../src/graph/graph-state.js';
import type { Flow } from '../../src/model/flow.js';
import { codeSustains, codeType, type Expanded } from '../../src/model/rows.js';
import type { PlainGraph } from '../reference/index.js';
import { indexOf } from './plain-index.js';

/**
 * What a query answers on a graph, which must be the same in memory and on the parts of it that are read as the query
 * needs them.
 *
 * @param now the moment at which expiry is judged; left out: the graph's own
 */
export async function onBothViews<T>(graph: PlainGraph, query: GraphQuery<T>, now = graph.now): Promise<T> {
  const whole = (await indexOf(graph)).at(now);
  const answer = query(whole);
  const inParts = new StoreGraphState(1, now, readerOf(whole));
  expect(await inParts.query(query)).toEqual(answer);
  return answer;
}

/** A store that has just what a view has. */
function readerOf(view: WholeView): StoreReader {
  const anySustains = saysSustains(view);
  return {
    lookUp: async (ids) => ids.map((id) => view.numberOf(id)),
    expand: async (frontier, flow) => ({ ...expand(view, frontier, flow), anySustains }),
  };
}

function expand(view: WholeView, frontier: readonly number[], flow: Flow): Omit<Expanded, 'anySustains'> {
  const entities = new Set(frontier.filter((entity) => view.idOf(entity) !== ''));
  const relationships: (readonly [number, number, number])[] = [];
  const wants = (types: number, code: number) => ((types >> codeType(code)) & 1) === 1;
  for (const entity of frontier) {
    view.eachOut(entity, (to, code) => {
      if (wants(flow.out, code)) relationships.push([entity, to, code]);
    });
    view.eachIn(entity, (from, code) => {
      if (wants(flow.into, code)) relationships.push([from, entity, code]);
    });
    if (flow.family) view.eachOfFamily(view.familyOf(entity), (mate) => void entities.add(mate));
  }
  for (const [from, to] of relationships) entities.add(from).add(to);
  const rows = [...entities];
  return {
    revision: 1,
    looked: frontier,
    entities: {
      count: rows.length,
      entity: Uint32Array.from(rows),
      id: rows.map((entity) => view.idOf(entity)),
      kind: Uint8Array.from(rows.map((entity) => view.kindOf(entity))),
      flags: Uint8Array.from(rows.map((entity) => view.flagsOf(entity))),
      expiresAt: Float64Array.from(rows.map((entity) => view.expiryOf(entity))),
      source: Uint32Array.from(rows.map((entity) => view.sourceOf(entity))),
      family: rows.map((entity) => (view.familyOf(entity) === 0 ? null : String(view.familyOf(entity)))),
    },
    relationships: {
      count: relationships.length,
      from: Uint32Array.from(relationships.map(([from]) => from)),
      to: Uint32Array.from(relationships.map(([, to]) => to)),
      code: Uint16Array.from(relationships.map(([, , code]) => code)),
    },
  };
}

function saysSustains(view: WholeView): boolean {
  let found = false;
  for (let entity = 1; entity < view.size && !found; entity += 1) {
    view.eachOut(entity, (_other, code) => {
      found ||= codeSustains(code);
    });
  }
  return found;
}
