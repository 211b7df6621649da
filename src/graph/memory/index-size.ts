import { type Flow, MAX_FRONTIER } from '../../model/flow.js';
import type { Revision } from '../../model/revision.js';
import type { GraphRows } from '../../model/rows.js';
import { EVERY_TYPE } from '../type-sets.js';

/**
 * Bytes that the index takes, as measured on generated companies: an entity about 131 with its id, a relationship
 * 12, and while it is loaded up to 22 more.
 */
const PER_ENTITY = 140;
const PER_RELATIONSHIP = 40;

/** How many entities are looked at to learn how many relationships one has. */
const SAMPLE = MAX_FRONTIER;

/** What an estimate needs of a store. */
export interface Sampled {
  entitiesByNumber(numbers: readonly number[], at: Revision): Promise<readonly unknown[]>;
  expand(frontier: readonly number[], flow: Flow, at: Revision): Promise<GraphRows>;
}

export interface IndexSize {
  readonly entities: number;
  readonly relationships: number;
  readonly bytes: number;
}

/**
 * How large the index of a state would be, about, in three calls of the store however large it is: numbers are
 * dense, so the highest is found by asking who has which; and of some entities the relationships are counted.
 */
export async function estimateSize(store: Sampled, at: Revision): Promise<IndexSize> {
  const entities = await highestNumber(store, at);
  const step = Math.max(1, entities / SAMPLE);
  const sample = Array.from({ length: Math.min(SAMPLE, entities) }, (_, nth) => 1 + Math.floor(nth * step));
  const found = await store.expand(sample, { out: EVERY_TYPE, into: 0, family: false }, at);
  const relationships = Math.round((found.relationships.count / Math.max(1, sample.length)) * entities);
  return { entities, relationships, bytes: entities * PER_ENTITY + relationships * PER_RELATIONSHIP };
}

/** To within a thousandth. */
async function highestNumber(store: Sampled, at: Revision): Promise<number> {
  const powers = Array.from({ length: 31 }, (_, exponent) => 2 ** exponent);
  const lowest = await highestOf(store, powers, at);
  const step = Math.max(1, lowest / SAMPLE);
  const between = Array.from(
    { length: Math.min(SAMPLE, lowest) },
    (_, nth) => lowest + Math.floor(nth * step),
  );
  return highestOf(store, between, at);
}

/** The highest of some numbers that an entity has; 0 where none has one. */
async function highestOf(store: Sampled, numbers: readonly number[], at: Revision): Promise<number> {
  if (numbers.length === 0) return 0;
  const there = await store.entitiesByNumber(numbers, at);
  return numbers.filter((_, nth) => there[nth] !== undefined).at(-1) ?? 0;
}
