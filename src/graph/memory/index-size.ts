import { type Flow, MAX_FRONTIER } from '../../model/flow.js';
import type { Revision } from '../../model/revision.js';
import type { GraphRows } from '../../model/rows.js';
import { EVERY_TYPE } from '../type-sets.js';

/**
 * Bytes that the index takes for each, with some room. Measured on generated companies: an entity takes about 131 with
 * its id, a relationship 12 and, while the index is loaded, up to 22 more.
 */
const PER_ENTITY = 140;
const PER_RELATIONSHIP = 40;

/** How many entities are sampled to estimate how many relationships an entity has. */
const SAMPLE = MAX_FRONTIER;

/** The reads that an estimate needs of a store. */
export interface Sampled {
  entitiesByNumber(numbers: readonly number[], at: Revision): Promise<readonly unknown[]>;
  expand(frontier: readonly number[], flow: Flow, at: Revision): Promise<GraphRows>;
}

/** The estimated size of an index in memory. */
export interface IndexSize {
  readonly entities: number;
  readonly relationships: number;
  readonly bytes: number;
}

/**
 * Estimates the size of the index of a state, with three calls of the store however large that is. Entity numbers are
 * dense, so two reads of chosen numbers find the highest one; the third counts the relationships of a sample.
 */
export async function estimateSize(store: Sampled, at: Revision): Promise<IndexSize> {
  const entities = await highestNumber(store, at);
  const step = Math.max(1, entities / SAMPLE);
  const sample = Array.from({ length: Math.min(SAMPLE, entities) }, (_, nth) => 1 + Math.floor(nth * step));
  const found = await store.expand(sample, { out: EVERY_TYPE, into: 0, family: false }, at);
  const relationships = Math.round((found.relationships.count / Math.max(1, sample.length)) * entities);
  return { entities, relationships, bytes: entities * PER_ENTITY + relationships * PER_RELATIONSHIP };
}

/** The highest number that an entity has, to within a thousandth. */
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

/** The highest of these numbers that an entity has; 0 where no entity has one of them. */
async function highestOf(store: Sampled, numbers: readonly number[], at: Revision): Promise<number> {
  if (numbers.length === 0) return 0;
  const there = await store.entitiesByNumber(numbers, at);
  return numbers.filter((_, nth) => there[nth] !== undefined).at(-1) ?? 0;
}
