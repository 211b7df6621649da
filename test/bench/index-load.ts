import { DatabaseSync } from '@photostructure/sqlite';
import { NO_END } from '../../src/store/rows/no-end.js';
import { bareGraph } from './bare-graph.js';
import type { ImportedCompany } from './company.js';
import { indexOf, loadIndex, readBatches, withStore } from './loaded.js';
import { collectGarbage, memoryInUse, memoryLines } from './memory.js';
import type { Aim, Line } from './table.js';
import { median, timed, timedAsync } from './timing.js';

const TRIES = 3;
/** What was asked for is that a million relationships load within it; ten million are another matter. */
const AIM: Aim = { atMost: 3000 };
const AIMED_SIZE = 1e6;

/** Times loading the index, what of it is not reading, and what the index holds. */
export async function benchIndex({ size, path }: ImportedCompany): Promise<Line[]> {
  const loads: number[] = [];
  const floors: number[] = [];
  for (let round = 0; round < TRIES; round += 1) {
    collectGarbage();
    loads.push(await timedAsync(() => withStore(path, loadIndex)));
    collectGarbage();
    floors.push(timed(() => readRowByRow(path)));
  }
  const load: Line = {
    size,
    measure: 'index load, to reading its columns row by row',
    unit: 'ms',
    result: { median: median(loads) },
    floor: { median: median(floors) },
  };
  return [
    size > AIMED_SIZE ? load : { ...load, aim: AIM },
    await benchBuild(size, path),
    ...(await held(size, path)),
  ];
}

/** Building the index of what is in memory already, next to compressing just the relationships. */
async function benchBuild(size: number, path: string): Promise<Line> {
  const batches = await withStore(path, readBatches);
  const builds: number[] = [];
  const floors: number[] = [];
  for (let round = 0; round < TRIES; round += 1) {
    collectGarbage();
    builds.push(await timedAsync(() => indexOf(batches)));
    floors.push(timed(() => bareGraph(batches)));
  }
  return {
    size,
    measure: 'index load without reading, to compressing bare arrays',
    unit: 'ms',
    result: { median: median(builds) },
    floor: { median: median(floors) },
  };
}

async function held(size: number, path: string): Promise<Line[]> {
  const before = memoryInUse();
  const index = await withStore(path, loadIndex);
  const after = memoryInUse();
  // Named once more, so that it cannot be garbage before.
  return index.revision > 0 ? memoryLines(size, before, after) : [];
}

const ENTITIES = `SELECT e.n, d.id, e.kind, e.flags, e.expires_at, e.source, e.family
  FROM entity e JOIN node d ON d.n = e.n WHERE e.to_rev = ${NO_END}`;
const RELATIONSHIPS = `SELECT from_n, to_n, code FROM relationship WHERE to_rev = ${NO_END}`;

/** Reads what the index is made of in the plain way, and forgets it. Gives the number of rows. */
function readRowByRow(path: string): number {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    let count = 0;
    for (const sql of [ENTITIES, RELATIONSHIPS]) {
      const statement = db.prepare(sql);
      statement.setReturnArrays(true);
      for (const _row of statement.iterate()) count += 1;
    }
    return count;
  } finally {
    db.close();
  }
}
