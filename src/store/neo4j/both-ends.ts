/**
 * Finds `a` and `b` by the numbers that a list begins with, before what lies between them. SKIP is what keeps these
 * two apart: without it the server may go through all relationships that one end has, for each row, and pick those
 * that lead to the other.
 *
 * @param list what the statement calls the list
 * @param known what else the rest of the statement has to know
 */
export const bothEnds = (label: string, list: string, ...known: readonly string[]) =>
  `MATCH (a:${label}) USING INDEX SEEK a:${label}(number) WHERE a.number = ${list}[0]
  MATCH (b:${label}) USING INDEX SEEK b:${label}(number) WHERE b.number = ${list}[1]
  WITH ${[...known, list].join(', ')}, a, b SKIP 0`;
