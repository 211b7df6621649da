import { expect, jest, test } from '@jest/globals';
import { Follower } from '../../../src/graph/follower/follower.js';
import type { HeadMove } from '../../../src/graph/follower/head-move-publisher.js';
import { openMemoryProvider } from '../../../src/graph/memory/memory-provider.js';
import { commit, putNew, T0 } from '../../contract/fixtures.js';
import { refused } from '../../contract/refused.js';
import { document } from '../../import/support.js';
import { ServiceProcess } from '../../support/service-process.js';
import { onNeo4j, onOneFile, withSeveral } from '../several.js';

jest.setTimeout(240_000);

/** Imports that each instance makes, of sources of its own. */
const ROUNDS = 6;
const account = (source: string, round: number) =>
  document(
    source,
    1 + round,
    [{ kind: 'Account', id: `${source}/${round}`, name: `${source} ${round}` }],
    [],
    'delta',
  );

const moveTo = async (moves: AsyncIterable<HeadMove>, revision: number) => {
  for await (const move of moves) if (move.revision >= revision) return;
};

const countOf = (total: unknown) => ({ data: { entities: { totalCount: total } } });
const COUNT = '{ entities { totalCount } }';
const atLeast = (revision: unknown) => ({ 'tendril-at-least-revision': String(revision) });

test.each([
  ['one Neo4j', onNeo4j],
  ['one file', onOneFile],
])(
  'two processes that write to %s at once lose nothing, and see what the other wrote',
  async (_name, stand) => {
    await withSeveral(stand, async ({ store, instances }) => {
      const [one, other] = instances;
      const follower = new Follower(
        store,
        openMemoryProvider(store),
        { now: () => T0 },
        { warn() {}, info() {} },
      );
      follower.start();
      try {
        await follower.check();
        const moves = follower.headMoves();
        const writing = instances.map(async (service, at) => {
          const revisions: number[] = [];
          for (let round = 0; round < ROUNDS; round += 1) {
            const { status, body } = await service.import(account(`it${at}`, round));
            expect({ status, body }).toMatchObject({ status: 200 });
            revisions.push(Number(body.revision));
          }
          return revisions;
        });
        const revisions = (await Promise.all(writing)).flat().sort((a, b) => a - b);
        const all = 2 * ROUNDS;
        expect(revisions).toEqual(Array.from({ length: all }, (_, at) => at + 1));
        expect(await store.head()).toMatchObject({ revision: all });
        const ids = [0, 1].flatMap((at) => Array.from({ length: ROUNDS }, (_, round) => `it${at}/${round}`));
        expect((await store.entities(ids, all)).map((entity) => entity?.id)).toEqual(ids);
        const events = await store.journal.auditEvents({ limit: 1000 });
        expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: all }, (_, at) => at + 1));

        // Told by the event, not by having waited for long enough.
        await moveTo(moves, all);
        expect(follower.status).toMatchObject({ indexRevision: all, because: null });
        for (const service of instances) {
          expect((await service.ask(COUNT, atLeast(all))).body).toEqual(countOf(all));
        }

        // What one wrote, the other answers with, and refuses what nobody has written yet.
        const { body } = await one.import(account('it0', ROUNDS));
        expect((await other.ask(COUNT, atLeast(body.revision))).body).toEqual(countOf(all + 1));
        const late = await other.ask(COUNT, atLeast(all + 100));
        expect(ServiceProcess.codeOf(late)).toBe('STALE_READ');

        // Whoever decided on what was the head before is told so.
        await refused('CONFLICT', store.write({ now: T0, expectedRevision: all }));
        const mine = await commit(store, (draft) => putNew(draft, ['mine']));
        expect((await other.ask(COUNT, atLeast(mine.revision))).body).toEqual(countOf(all + 2));
        await other.untilMetric('tendril_index_revision', mine.revision);
      } finally {
        await follower.stop();
      }
    });
  },
);
