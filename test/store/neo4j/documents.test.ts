import { describe, expect, jest, test } from '@jest/globals';
import { openNeo4j } from '../../../src/store/neo4j/index.js';
import type { Store } from '../../../src/store/store.js';
import { commit, factOf, on, T0 } from '../../contract/fixtures.js';
import { openOnServer } from '../../support/neo4j/opened.js';
import { testServer } from '../../support/neo4j/place.js';
import { byHand } from './support.js';

jest.setTimeout(240_000);

/** More than goes in one transaction, by its length and by its number. */
const LONG = 'x'.repeat(5_000_000);
const MANY = Array.from({ length: 3000 }, (_, at) => `k${at}`);

const KEPT = `RETURN COUNT { MATCH (d:TendrilDocument) } AS forms, COUNT { MATCH (p:TendrilDocumentPart) } AS parts,
  COUNT { MATCH (d:TendrilDraft) } AS notes`;

const documentOf = (key: string, body: Record<string, unknown>) => ({ collection: 'plan', key, body });

const write = (store: Store, n: number) =>
  commit(store, (draft) => draft.putDocuments([documentOf('a', { n, text: LONG })]));

describe('documents in Neo4j', () => {
  test(
    'of a writer that is gone are not seen, and the next writer removes them',
    on(openOnServer, async ({ store, openSecond }) => {
      await write(store, 1);
      const [before] = await byHand(KEPT);
      const draft = await store.write({ now: T0 });
      await draft.putDocuments([documentOf('a', { n: 2, text: LONG })]);
      await draft.putDocuments(MANY.map((key) => documentOf(key, { n: 2 })));
      const [half] = await byHand(KEPT);
      expect(half?.forms).toBeGreaterThan(before?.forms as number);
      expect(half?.parts).toBeGreaterThan(before?.parts as number);
      await byHand('MATCH (l:TendrilLease) SET l.expiresAt = 0');
      const second = await openSecond();
      expect((await second.journal.documentsFrom('plan', { limit: 9 })).map(({ body }) => body.n)).toEqual([
        1,
      ]);
      await (await second.write({ now: T0 })).abort();
      expect(await byHand(KEPT)).toEqual([before]);
      await expect(draft.commit([])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
      expect((await second.journal.documentsFrom('plan', { limit: 9 })).map(({ body }) => body.n)).toEqual([
        1,
      ]);
    }),
  );

  test(
    'that are written again and again take no more room than two forms',
    on(openOnServer, async ({ store }) => {
      await write(store, 1);
      const [once] = await byHand(KEPT);
      for (const n of [2, 3, 4]) await write(store, n);
      expect(await byHand(KEPT)).toEqual([{ forms: 2, parts: 2 * (once?.parts as number), notes: 0 }]);
      expect(await store.journal.documents('plan', ['a'])).toMatchObject([{ body: { n: 4 }, revision: 4 }]);
    }),
  );

  test(
    'are read whole while a writer never rests: the head is held when it will not stand still',
    on(openOnServer, async ({ store, openSecond }) => {
      const second = await openSecond();
      await write(store, 0);
      let reading = true;
      const writing = (async () => {
        for (let n = 1; reading; n += 1) {
          await commit(store, (draft) => draft.putDocuments([documentOf('b', { n })]));
        }
      })();
      try {
        for (let times = 0; times < 3; times += 1) {
          const [a] = await second.journal.documents('plan', ['a']);
          expect(a?.body).toEqual({ n: 0, text: LONG });
        }
      } finally {
        reading = false;
        await writing;
      }
    }),
  );
});

describe('events of an older program', () => {
  test(
    'are found by what they are asked by, once the schema is brought up to date',
    on(openOnServer, async ({ store }) => {
      const facts = [factOf('A', { case: 'c', entity: 'e' }), factOf('B')];
      await commit(store, async () => {}, { facts });
      await byHand('MATCH (a:TendrilAudit) REMOVE a.type, a.subject, a.caseId, a.entityId');
      expect(await store.journal.auditEvents({ case: 'c', limit: 9 })).toEqual([]);
      await byHand('MATCH (s:TendrilSchema) SET s.version = 2');
      const again = await openNeo4j(testServer());
      try {
        for (const asked of [
          { case: 'c' },
          { entity: 'e' },
          { types: ['A'] },
          { types: ['A'], subject: 'ada' },
        ]) {
          expect(await again.journal.auditEvents({ ...asked, limit: 9 })).toMatchObject([{ seq: 1 }]);
        }
      } finally {
        await again.close();
      }
    }),
  );
});
