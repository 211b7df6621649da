import { describe, expect, jest, test } from '@jest/globals';
import type { Store } from '../../../src/store/store.js';
import { collect, commit, linkOf, on, putNew, T0 } from '../../contract/fixtures.js';
import { refused } from '../../contract/refused.js';
import { openOnServer } from '../../support/neo4j/opened.js';
import { byHand } from './support.js';

jest.setTimeout(120_000);

/** More than one batch, so that some of a draft is in the store before it is committed. */
const MANY = Array.from({ length: 6000 }, (_, at) => `e${at}`);

/** As if the writer had been paused for longer than its lease. */
const expire = () => byHand('MATCH (l:TendrilLease) SET l.expiresAt = 0');

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
      await expire();
      const second = await openSecond();
      const next = await second.write({ now: T0 });
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
      await expire();
      const second = await openSecond();
      const head = await commit(second, (next) => putNew(next, ['c'], { name: 'theirs' }));
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
});
