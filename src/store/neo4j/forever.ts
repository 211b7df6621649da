/** The `toRevision` of a node that is current: the largest 32-bit integer. A relationship that is current has none. */
export const FOREVER = 2_147_483_647;
