import { setTimeout } from 'node:timers/promises';
import { describe, expect, jest, test } from '@jest/globals';
import { NO_END } from '../../../src/store/rows/no-end.js';
import type { Store } from '../../../src/store/store.js';
import { claimOf, collect, commit, linkOf, on, putNew, T0 } from '../../contract/fixtures.js';
import { refused } from '../../contract/refused.js';
import { openOnServer } from '../../support/neo4j/opened.js';
import { byHand } from './support.js';

jest.setTimeout(240_000);

/** More than one batch, so that some of a draft is in the store before it is committed. */
const MANY = Array.from({ length: 6000 }, (_, at) => `e${at}`);

/** Waits for some work as if the writer were paused for longer than its lease, which it still renews. */
async function whilePaused<T>(work: Promise<T>): Promise<T> {
  let done = false;
  const ended = work.finally(() => {
    done = true;
  });
  while (!done) {
    await byHand('MATCH (l:TendrilLease) SET l.expiresAt = 0');
    await Promise.race([ended.catch(() => {}), setTimeout(200)]);
  }
  return ended;
}

const everything = async (store: Store) => {
  const head = await store.head();
  return [head, await collect(store.scan(0, head.revision)), await store.entities(['a', 'b', 'e1'], 99)];
};

/** A commit, and a large draft over it that is not finished. */
async function leaveHalf(store: Store) {
  await commit(store, async (draft) => {
    await putNew(draft, ['a', 'b']);
    await draft.putRelationships([linkOf('OWNS', 1, 2)]);
  });
  const before = await everything(store);
  const draft = await store.write({ now: T0 });
  await draft.putRelationships([linkOf('OWNS', 1, 2), linkOf('OWNS', 2, 1)]);
  const numbers = await putNew(draft, [...MANY, 'a'], { name: 'half' });
  await draft.putRelationships(numbers.slice(0, 100).map((number) => linkOf('CREATED', number, 1)));
  await draft.humansByEmail(['flush@x.example']);
  return { before, draft };
}

describe('a writer that is gone', () => {
  test(
    'leaves nothing that a reader sees, and the next writer removes what it left',
    on(openOnServer, async ({ store, openSecond }) => {
      const { before } = await leaveHalf(store);
      expect(await everything(store)).toEqual(before);
      const second = await openSecond();
      const next = await whilePaused(second.write({ now: T0 }));
      expect(next.revision).toBe(2);
      expect(await next.assignNumbers(['new'])).toEqual([3]);
      await next.abort();
      expect(await everything(second)).toEqual(before);
      const left = `RETURN COUNT { MATCH (e:Entity) } AS entities, COUNT { MATCH (v:TendrilVersion) } AS versions,
        COUNT { MATCH ()-[r]->() } AS relationships, COUNT { MATCH (d:TendrilDraft) } AS notes`;
      expect(await byHand(left)).toEqual([{ entities: 2, versions: 2, relationships: 1, notes: 0 }]);
    }),
  );

  test(
    'can write and commit nothing more when another has taken over, and the other loses nothing by it',
    on(openOnServer, async ({ store, openSecond }) => {
      const { draft } = await leaveHalf(store);
      const second = await openSecond();
      const head = await whilePaused(commit(second, (next) => putNew(next, ['c'], { name: 'theirs' })));
      expect(head.revision).toBe(2);
      await draft.putRelationships([linkOf('OWNS', 2, 1)]);
      await refused('UNAVAILABLE', draft.commit([]));
      expect(await store.head()).toEqual(head);
      expect((await store.entities(['c', 'e1'], 2)).map((entity) => entity?.name)).toEqual([
        'theirs',
        undefined,
      ]);
      await commit(store, (next) => putNew(next, ['d']));
    }),
  );

  test(
    'that had committed, but not yet shown it, is finished by the next writer',
    on(openOnServer, async ({ store, openSecond }) => {
      await commit(store, async (draft) => {
        await putNew(draft, ['a', 'b']);
        await draft.putRelationships([linkOf('OWNS', 1, 2)]);
      });
      const { revision } = await commit(store, (draft) => putNew(draft, ['a'], { name: 'new name' }));
      // What the server has when a writer dies just after it moved the head.
      await byHand(
        `MATCH (e:Entity {id: 'a'}) SET e.name = 'old name'
         CREATE (:TendrilDraft {revision: toInteger($revision), entities: [1], relationships: []})`,
        { revision },
      );
      const second = await openSecond();
      await (await second.write({ now: T0 })).abort();
      expect(await byHand(`MATCH (e:Entity {id: 'a'}) RETURN e.name AS name`)).toEqual([
        { name: 'new name' },
      ]);
      expect((await second.head()).revision).toBe(revision);
    }),
  );

  test.each([
    ['before it moved anything', 'DELETE w'],
    ['when it had written it there', ''],
    ['when it had hidden it here', `SET r.fromRevision = ${NO_END}`],
  ])(
    'while it moved what ended into the past, %s, leaves it where it is found, and the next writer goes on',
    async (_when, cypher) => {
      await on(openOnServer, async ({ store, openSecond }) => {
        await commit(store, async (draft) => {
          await putNew(draft, ['a', 'b']);
          await draft.putRelationships([linkOf('OWNS', 1, 2)]);
        });
        const before = await everything(store);
        await commit(store, (draft) =>
          draft.putRelationships([linkOf('OWNS', 1, 2, claimOf({ open: false }))]),
        );
        // What the server has when a writer dies there.
        await byHand(
          `MATCH (a:Entity {id: 'a'}), (b:Entity {id: 'b'}), (:TendrilPast)-[w:TENDRIL_WAS {fromRevision: 1}]->()
           CREATE (a)-[r:OWNS]->(b) SET r = properties(w)
           CREATE (:TendrilDraft {revision: 2, entities: [], relationships: [1, w.code % 128, 2]}) ${cypher}`,
        );
        const look = async () => {
          const at = async (revision: number) => [
            await collect(store.scan(0, revision)),
            await store.relationships([{ type: 'OWNS', from: 1, to: 2, permission: null }], revision),
            await store.relationshipsOf([{ id: 'a', direction: 'BOTH', ended: true, limit: 9 }], revision),
            (await store.expand([1], { out: 31, into: 0, family: false }, revision)).relationships.count,
          ];
          return [await at(1), await at(2)];
        };
        const found = await look();
        expect(found[0]?.[0]).toEqual(before[1]);
        expect(found.map((one) => one[3])).toEqual([1, 0]);
        await (await (await openSecond()).write({ now: T0 })).abort();
        expect(await look()).toEqual(found);
        const left = `RETURN COUNT { MATCH (:Entity)-[r]->() } AS here, COUNT { MATCH (:TendrilPast)-[r]->() } AS past,
          COUNT { MATCH (d:TendrilDraft) } AS notes`;
        expect(await byHand(left)).toEqual([{ here: 0, past: 2, notes: 0 }]);
      })();
    },
  );
});
