/**
 * The end of a row that is current: rows hold from one revision until before another. It is the largest 32-bit integer,
 * which SQLite keeps in four bytes; a store that committed every second would reach it in 68 years.
 */
export const NO_END = 2_147_483_647;
