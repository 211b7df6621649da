import { codeIdentity, type EntityColumns, type RelationshipColumns } from '../../model/rows.js';
import { entityColumns as packEntities } from '../rows/graph-columns.js';

/**
 * Integer-coded rows. The server packs each column of a page into one list, which takes less time to send and to read
 * than rows.
 */

/** The columns of versions `v`. */
export const VERSION_COLUMNS = `collect(v.number), collect(v.id), collect(v.kind), collect(v.flags),
  collect(coalesce(v.expiresAt, -1)), collect(v.source), collect(coalesce(v.family, false))`;
/** The end of a statement that has found versions `v`. */
export const RETURN_ENTITIES = `RETURN ${VERSION_COLUMNS}`;
/** The end of a statement that has found relationships `r` from `a` to `b`. */
export const RETURN_RELATIONSHIPS = 'RETURN collect(a.number), collect(b.number), collect(r.code)';

/** The columns of {@link VERSION_COLUMNS}; `collect` leaves null out, so unknown is -1, or false. */
export type VersionLists = [number[], string[], number[], number[], number[], number[], (string | false)[]];
export type RelationshipLists = [from: number[], to: number[], code: number[]];

export function entityColumns([
  number,
  id,
  kind,
  flags,
  expiresAt,
  source,
  family,
]: VersionLists): EntityColumns {
  const families = family.map((text) => (text === false ? null : text));
  return packEntities([number, id, kind, flags, expiresAt, source, families], expiryOf);
}

const expiryOf = (expiresAt: number) => (expiresAt < 0 ? Number.POSITIVE_INFINITY : expiresAt);

/** Sorted by the entity that they leave, without duplicates: a relationship may be found here and in the past. */
export function relationshipColumns(pages: readonly RelationshipLists[]): RelationshipColumns {
  const from = pages.flatMap((page) => page[0]);
  const to = pages.flatMap((page) => page[1]);
  const code = pages.flatMap((page) => page[2]);
  const order = Uint32Array.from(from, (_, at) => at).sort(
    (a, b) => from[a]! - from[b]! || codeIdentity(code[a]!) - codeIdentity(code[b]!) || to[a]! - to[b]!,
  );
  const same = (a: number, b: number) =>
    from[a] === from[b] && to[a] === to[b] && codeIdentity(code[a]!) === codeIdentity(code[b]!);
  const once = order.filter((at, place) => place === 0 || !same(at, order[place - 1]!));
  return {
    count: once.length,
    from: once.map((at) => from[at]!),
    to: once.map((at) => to[at]!),
    code: Uint16Array.from(once, (at) => code[at]!),
  };
}
