import { MemoryIndex } from '../../src/graph/memory/memory-index.js';
import { isLiveStatus, kindCode } from '../../src/model/kinds.js';
import { levelOf } from '../../src/model/levels.js';
import { SENSITIVITIES } from '../../src/model/properties.js';
import { ruleOf, typeCode } from '../../src/model/relationships.js';
import { ENTITY_FLAGS, type EntityColumns, type GraphRows, packRelationship } from '../../src/model/rows.js';
import type { PlainEntity, PlainGraph, PlainRelationship } from '../reference/index.js';

/** Numbers entities in an order of its own, so that no test can lean on numbers being in order of id. */
function numbering(graph: PlainGraph): Map<string, number> {
  const ids = [...graph.entities.keys()].reverse();
  return new Map(ids.map((id, at) => [id, at + 1]));
}

/** The in-memory index of a plain graph, loaded whole. */
export async function indexOf(graph: PlainGraph): Promise<MemoryIndex> {
  const numbers = numbering(graph);
  const open = graph.relationships.filter((relationship) => relationship.open);
  return MemoryIndex.load(1, once(rows(graph, numbers, [...graph.entities.values()], open)));
}

/**
 * The same index, reached in steps: at first every other entity and relationship is missing or the other way
 * round (open where it has ended, dead where it lives), then the changes come over the feed.
 */
export async function indexInSteps(graph: PlainGraph): Promise<MemoryIndex> {
  const numbers = numbering(graph);
  const entities = [...graph.entities.values()];
  const wrong = entities
    .slice(Math.floor(entities.length / 2))
    .map((entity, at) => (at % 2 === 0 ? { ...entity, status: 'RETIRED' } : entity));
  const known = new Set(wrong.map((entity) => entity.id));
  const among = graph.relationships.filter(({ from, to }) => known.has(from) && known.has(to));
  const first = await MemoryIndex.load(
    1,
    once(
      rows(
        graph,
        numbers,
        wrong,
        among.filter((_, at) => at % 3 > 0),
      ),
    ),
  );
  const half = Math.floor(graph.relationships.length / 2);
  const second = first.with(2, [rows(graph, numbers, entities, graph.relationships.slice(0, half))]);
  return second.with(3, [rows(graph, numbers, [], graph.relationships.slice(half))]);
}

async function* once(batch: GraphRows): AsyncGenerator<GraphRows> {
  yield batch;
}

function rows(
  graph: PlainGraph,
  numbers: ReadonlyMap<string, number>,
  entities: readonly PlainEntity[],
  relationships: readonly PlainRelationship[],
): GraphRows {
  return {
    revision: 1,
    entities: entityColumns(graph, numbers, entities),
    relationships: {
      count: relationships.length,
      from: Uint32Array.from(relationships.map(({ from }) => numbers.get(from)!)),
      to: Uint32Array.from(relationships.map(({ to }) => numbers.get(to)!)),
      code: Uint16Array.from(relationships.map(codeOf)),
    },
  };
}

function entityColumns(
  graph: PlainGraph,
  numbers: ReadonlyMap<string, number>,
  entities: readonly PlainEntity[],
): EntityColumns {
  const sources = [...new Set([...graph.entities.values()].map((entity) => entity.source))];
  return {
    count: entities.length,
    entity: Uint32Array.from(entities.map(({ id }) => numbers.get(id)!)),
    id: entities.map(({ id }) => id),
    kind: Uint8Array.from(entities.map(({ kind }) => kindCode(kind)!)),
    flags: Uint8Array.from(entities.map(flagsOf)),
    expiresAt: Float64Array.from(entities.map(({ expiresAt }) => expiresAt ?? Number.POSITIVE_INFINITY)),
    source: Uint32Array.from(entities.map(({ source }) => sources.indexOf(source) + 1)),
    family: entities.map(({ family }) => family ?? null),
  };
}

function flagsOf(entity: PlainEntity): number {
  const rated = entity.sensitivity === undefined ? 0 : ENTITY_FLAGS.rated;
  const sensitivity = Math.max(
    0,
    SENSITIVITIES.indexOf(entity.sensitivity as (typeof SENSITIVITIES)[number]),
  );
  const managed = entity.managed ?? entity.kind === 'Account';
  return (
    (isLiveStatus(entity.kind, entity.status) ? ENTITY_FLAGS.live : 0) |
    (managed ? ENTITY_FLAGS.managed : 0) |
    (entity.personal ? ENTITY_FLAGS.personal : 0) |
    rated |
    (sensitivity << ENTITY_FLAGS.sensitivityShift)
  );
}

function codeOf(relationship: PlainRelationship): number {
  const { properties } = ruleOf(relationship.type);
  return packRelationship({
    type: typeCode(relationship.type)!,
    permission: properties.includes('permission') ? levelOf(relationship.permission) : 0,
    needs: properties.includes('needs') ? levelOf(relationship.needs) : 0,
    required: relationship.required,
    sustains: relationship.sustains,
    access: relationship.access,
    open: relationship.open,
  });
}
