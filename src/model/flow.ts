/**
 * Which neighbours of an entity somebody wants to see: relationship types as bits by their place in
 * `RELATIONSHIP_TYPES`, for each direction. Made from the table's rules and roles (`graph/flows.ts`).
 */
export interface Flow {
  /** Types of relationships that leave the entity. */
  readonly out: number;
  /** Types of relationships that arrive at it. */
  readonly into: number;
  /** Whether the other tokens of a token's family (same source, same family) are wanted too. */
  readonly family: boolean;
  /**
   * Over which of these types whoever asks will go on, and ask the same of whom that leads to. A store for which a
   * question takes longer than its answer may answer that along with it.
   */
  readonly onward?: Pick<Flow, 'out' | 'into'>;
}

/** How many entities one expansion may start from, and look at in all. */
export const MAX_FRONTIER = 1000;

/** The types of a set of bits, as the codes that stores keep. */
export function typeCodesIn(types: number): number[] {
  return Array.from({ length: 31 }, (_, code) => code).filter((code) => (types & (1 << code)) !== 0);
}
