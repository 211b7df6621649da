import { TimeSlice } from '../../async/time-slice.js';
import { RELATIONSHIP_TYPES, typeCode } from '../../model/relationships.js';
import type { Revision } from '../../model/revision.js';
import { compareUtf8 } from '../../model/utf8.js';
import type { RelationshipsOf } from '../queries.js';
import { OPEN } from '../relationship-code.js';
import type { Connection } from './connection.js';
import { mergeRuns } from './merge-runs.js';
import type { SizeBoundedCache } from './size-bounded-cache.js';

/** The sorted relationships of an entity that has many. */

/** Up to this many relationships of an entity are sorted anew for every page. */
const FEW = 256;
/** How many rows are read at a time. */
const ROWS_PER_READ = 1024;

/** The relationships of one type and direction, sorted by the id of the other end, then by permission. */
export interface Stretch {
  readonly others: Uint32Array;
  readonly idents: Uint8Array;
  readonly size: number;
}

/** The same, with the type and direction by which they are sorted among all relationships of the query. */
export interface Segment extends Stretch {
  readonly type: number;
  readonly inward: 0 | 1;
}

interface Side {
  readonly inward: 0 | 1;
  /** Counts the relationships, of every type and time, up to one more than {@link FEW}. */
  readonly many: string;
  /** Finds the next higher ident. */
  readonly nextIdent: string;
  readonly rows: string;
}

/** @param own the column of the entity; `other`: the column of the other end */
function sideOf(inward: 0 | 1, own: string, other: string): Side {
  const table = inward === 0 ? 'relationship' : 'incoming';
  const key = inward === 0 ? 'r' : 'i';
  const rows =
    inward === 0
      ? 'relationship r'
      : 'incoming i CROSS JOIN relationship r ON r.from_n = i.from_n AND r.ident = i.ident AND r.to_n = i.to_n';
  return {
    inward,
    many: `SELECT count(*) FROM (SELECT 1 FROM ${table} WHERE ${own} = ? LIMIT ${FEW + 1})`,
    nextIdent: `SELECT ident FROM ${table} WHERE ${own} = ? AND ident > ? ORDER BY ident LIMIT 1`,
    rows: `SELECT d.id, r.ident, ${key}.${other} FROM ${rows} CROSS JOIN node d ON d.n = ${key}.${other}
      WHERE ${key}.${own} = $n AND ${key}.ident = $ident AND ${key}.${other} > $after
        AND r.from_rev <= $at AND r.to_rev > $at AND ($ended OR r.code & ${OPEN})
      ORDER BY ${key}.${other} LIMIT ${ROWS_PER_READ}`,
  };
}

const OUT = sideOf(0, 'from_n', 'to_n');
const IN = sideOf(1, 'to_n', 'from_n');
const SIDES: Readonly<Record<RelationshipsOf['direction'], readonly Side[]>> = {
  OUT: [OUT],
  IN: [IN],
  BOTH: [OUT, IN],
};

/** Whether it would take long to sort the relationships of an entity, in a direction, for every page. */
export function hasMany(connection: Connection, n: number, direction: RelationshipsOf['direction']): boolean {
  return SIDES[direction].some(({ many }) => (connection.get<[number]>(many, n)?.[0] ?? 0) > FEW);
}

/**
 * The relationships of a query around the entity `n`, in the order that the port promises. Each type is a range of
 * the key, so that other types are not read, and is sorted once for each revision.
 */
export async function segmentsOf(
  connection: Connection,
  stretches: SizeBoundedCache<Stretch>,
  { direction, types = RELATIONSHIP_TYPES, ended = false }: RelationshipsOf,
  n: number,
  at: Revision,
): Promise<Segment[]> {
  const sides = SIDES[direction].map((side) => ({ ...side, idents: identsOf(connection, side, n) }));
  const segments: Segment[] = [];
  for (const type of types.map((name) => typeCode(name) as number).sort((a, b) => a - b)) {
    for (const { idents, ...side } of sides) {
      const wanted = idents.filter((ident) => (ident & 31) === type);
      if (wanted.length === 0) continue;
      const asked = { n, at, ended: ended ? 1 : 0 };
      const key = JSON.stringify([asked, type, side.inward]);
      const stretch = await stretches.get(key, () => ordered(connection, side, wanted, asked));
      segments.push({ ...stretch, type, inward: side.inward });
    }
  }
  return segments;
}

/** The types and permissions of the relationships that an entity has, or had. */
function identsOf(connection: Connection, { nextIdent }: Side, n: number): number[] {
  const idents: number[] = [];
  for (let row = connection.get<[number]>(nextIdent, n, -1); row !== undefined; ) {
    idents.push(row[0]);
    row = connection.get<[number]>(nextIdent, n, row[0]);
  }
  return idents;
}

type Found = [id: string, ident: number, other: number];

async function ordered(
  connection: Connection,
  { rows }: Side,
  idents: readonly number[],
  asked: { readonly n: number; readonly at: Revision; readonly ended: number },
): Promise<Stretch> {
  const slice = new TimeSlice();
  const runs: Found[][] = [];
  for (const ident of idents) {
    let after: number | undefined = 0;
    while (after !== undefined) {
      const run: Found[] = connection.allPacked<Found>(3, rows, { ...asked, ident, after });
      after = run.length < ROWS_PER_READ ? undefined : run.at(-1)?.[2];
      runs.push(run.sort(compare));
      if (slice.isOver) await slice.giveWay();
    }
  }
  const found = await mergeRuns(runs, compare, slice);
  return {
    others: Uint32Array.from(found, (one) => one[2]),
    idents: Uint8Array.from(found, (one) => one[1]),
    size: found.length,
  };
}

/** Within one type the ident differs by the permission. */
const compare = (a: Found, b: Found) => compareUtf8(a[0], b[0]) || a[1] - b[1];
