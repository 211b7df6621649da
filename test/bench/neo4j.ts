import { FETCH_LIMITS } from '../../src/graph/from-store/store-graph-state.js';
import { StoreGraphProvider } from '../../src/graph/from-store/store-provider.js';
import { radiiOf } from '../../src/graph/radii/radii.js';
import type { GraphView } from '../../src/graph/view.js';
import { openEmbedded } from '../../src/store/embedded/index.js';
import { openNeo4j } from '../../src/store/neo4j/index.js';
import type { Store } from '../../src/store/store.js';
import type { OwnServer } from '../support/neo4j/kept-process.js';
import { wipe } from '../support/neo4j/place.js';
import { startServer } from '../support/neo4j/start-server.js';
import { type ImportedCompany, importInto, NOW } from './company.js';
import { loadIndex, withStore } from './loaded.js';
import { RawExposure } from './raw-exposure.js';
import { spread, startIds } from './starts.js';
import type { Line } from './table.js';
import { figures, timed, timedAsync } from './timing.js';

/** People who are asked about: a raw query may take seconds for one. */
const PEOPLE = 12;
/** What is measured here is how long reading takes, however long. */
const LIMITS = { ...FETCH_LIMITS, fetchMillis: 600_000 };

/**
 * The same company on a server of Neo4j, next to the embedded engine, and the exposure of the same people in memory,
 * by expansion in the store, and by the best single query of raw Cypher, on the same server in the same run.
 *
 * A person for whom raw Cypher gives up, or reaches another number than the walk, which has levels, is left out of
 * the comparison.
 */
export async function benchNeo4j(company: ImportedCompany, say: (doing: string) => void): Promise<Line[]> {
  const { size } = company;
  const server = await startServer(say, 'load');
  try {
    say('import into Neo4j, which has just started: not measured');
    await onceBefore(server, company);
    const store = await openNeo4j(server);
    try {
      say('import into Neo4j');
      const imported = await importInto(store, company.snapshots);
      say('load the index');
      const load = await timedAsync(() => loadIndex(store));
      const bare = await timedAsync(() => withStore(company.path, loadIndex));
      const lines: Line[] = [
        {
          size,
          measure: 'import into Neo4j, to the embedded engine',
          unit: 'ms',
          result: { median: imported.wall },
          floor: { median: company.imported.wall },
          aim: { atMost: size / 10 },
        },
        {
          size,
          measure: 'index load from Neo4j, to the embedded engine',
          unit: 'ms',
          result: { median: load },
          floor: { median: bare },
          aim: { atMost: 30_000 },
        },
      ];
      const raw = new RawExposure(server, NOW);
      try {
        return [...lines, ...(await exposures(company, store, raw, say))];
      } finally {
        await raw.close();
      }
    } finally {
      await store.close();
    }
  } finally {
    server.stop();
  }
}

/** A server runs for months; one that has just started interprets what it will soon have compiled. */
async function onceBefore(server: OwnServer, { snapshots }: ImportedCompany): Promise<void> {
  await wipe(server);
  const store = await openNeo4j(server);
  try {
    await importInto(store, snapshots);
  } finally {
    await store.close();
  }
  await wipe(server);
}

async function exposures(
  { size, humans, path }: ImportedCompany,
  store: Store,
  raw: RawExposure,
  say: (doing: string) => void,
): Promise<Line[]> {
  const embedded = await openEmbedded({ path, readOnly: true });
  const view = (await loadIndex(store)).at(NOW);
  const times = {
    memory: [] as number[],
    neo4j: [] as number[],
    sqlite: [] as number[],
    raw: [] as number[],
  };
  let compared = 0;
  try {
    const all = startIds(humans);
    const chosen = spread(all.length, PEOPLE).map((at) => all[at] as string);
    for (const id of chosen) {
      const ask = (where: GraphView) =>
        radiiOf(where, where.numberOf(id), { rotateReadable: 'sensitive' }).exposure.members.length;
      let reached = 0;
      const memory = timed(() => {
        reached = ask(view);
      });
      const inNeo4j = await askIn(store, ask);
      const inSqlite = await askIn(embedded, ask);
      let ids: readonly string[] | null = null;
      const cypher = await timedAsync(async () => {
        ids = await raw.ids(id).catch(() => null);
      });
      times.memory.push(memory);
      times.neo4j.push(inNeo4j);
      times.sqlite.push(inSqlite);
      times.raw.push(cypher);
      if ((ids as readonly string[] | null)?.length === reached) compared += 1;
    }
  } finally {
    await embedded.close();
  }
  say(
    `raw Cypher gave the walk’s number for ${compared} of ${times.raw.length}; for the others it gave up or has more`,
  );
  const floor = figures(times.raw);
  const line = (measure: string, values: readonly number[], ratio?: number): Line => ({
    size,
    measure: `exposure ${measure}, to raw Cypher`,
    unit: 'ms',
    result: figures(values),
    floor,
    ...(ratio === undefined ? {} : { aim: { ratio } }),
  });
  return [
    line('in memory', times.memory, 1 / 50),
    line('by expansion in Neo4j', times.neo4j, 1),
    line('by expansion in SQLite', times.sqlite),
  ];
}

/** Milliseconds of a question that nothing has been fetched for, once the store is warm. */
async function askIn(store: Store, question: (view: GraphView) => number): Promise<number> {
  const graphs = new StoreGraphProvider(store, LIMITS);
  let took = 0;
  for (let round = 0; round < 2; round += 1) {
    took = await timedAsync(async () => (await graphs.current(NOW)).query(question));
  }
  return took;
}
