/**
 * Finds `a` and `b` by the two numbers at the beginning of a list, before the relationships between them. SKIP keeps the
 * planner from combining the two: without it the server may read all relationships of one end, for each row, and select
 * those that lead to the other.
 *
 * @param list the name of the list in the statement
 * @param known the other names that the rest of the statement uses
 */
export const bothEnds = (label: string, list: string, ...known: readonly string[]) =>
  `MATCH (a:${label}) USING INDEX SEEK a:${label}(number) WHERE a.number = ${list}[0]
  MATCH (b:${label}) USING INDEX SEEK b:${label}(number) WHERE b.number = ${list}[1]
  WITH ${[...known, list].join(', ')}, a, b SKIP 0`;
