/**
 * The `to_rev` of a row that is current: the largest 32-bit integer, which SQLite keeps in four bytes. A store
 * that committed every second would reach it in 68 years.
 */
export const FOREVER = 2_147_483_647;
