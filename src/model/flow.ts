/**
 * Which neighbours of an entity a query follows: for each direction, relationship types as bits by their position in
 * `RELATIONSHIP_TYPES`. Flows are made from the rules and roles of the relationship table.
 */
export interface Flow {
  /** Types of relationships that leave the entity. */
  readonly out: number;
  /** Types of relationships that arrive at it. */
  readonly into: number;
  /** Whether it also follows to the other tokens of a token's family (same source, same family). */
  readonly family: boolean;
  /**
   * The types among these over which the query will continue with the same flow. A store for which a call takes longer
   * than its answer may read those neighbours in the same call.
   */
  readonly onward?: Pick<Flow, 'out' | 'into'>;
}

/** How many entities one expansion may start from, and how many it may expand in all. */
export const MAX_FRONTIER = 1000;

/** The types of a set of bits, as the codes that stores keep. */
export function typeCodesIn(types: number): number[] {
  return Array.from({ length: 31 }, (_, code) => code).filter((code) => (types & (1 << code)) !== 0);
}
