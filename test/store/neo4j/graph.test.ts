import { describe, expect, jest, test } from '@jest/globals';
import {
  claimOf,
  collect,
  commit,
  DAY,
  entityOf,
  linkOf,
  on,
  putNew,
  sourceOf,
  T0,
} from '../../contract/fixtures.js';
import { openOnServer } from '../../support/neo4j/opened.js';
import { byHand } from './support.js';

jest.setTimeout(240_000);

const SEEN = `MATCH (a:Entity)-[r]->(b:Entity) RETURN a.id AS a, type(r) AS type, b.id AS b, properties(r) AS r
  ORDER BY a, type, b`;

/** What a person sees in Neo4j Browser. */
describe('the graph that people see', () => {
  test(
    'entities are nodes of their kind with the properties of the model, times as times, unknown ones absent',
    on(openOnServer, async ({ store }) => {
      await commit(store, async (draft) => {
        await draft.putSource(sourceOf({ id: 'github:acme' }));
        await draft.assignNumbers(['t']);
        await draft.putEntities([
          entityOf({
            number: 1,
            id: 't',
            kind: 'Token',
            name: 'deploy',
            createdAt: T0,
            properties: { tokenType: 'API_KEY', scopes: ['repo'], expiresAt: T0 + DAY, selfContained: false },
            attributes: { note: 'n' },
          }),
        ]);
      });
      const [seen] = await byHand(
        `MATCH (e:Entity) RETURN labels(e) AS labels, e {.*, createdAt: toString(e.createdAt),
           firstSeenAt: toString(e.firstSeenAt), expiresAt: toString(e.expiresAt)} AS e`,
      );
      expect(seen).toEqual({
        labels: expect.arrayContaining(['Entity', 'Token']),
        e: {
          number: 1,
          id: 't',
          name: 'deploy',
          status: 'ACTIVE',
          source: 'github:acme',
          createdAt: '2026-01-01T00:00:00Z',
          firstSeenAt: '2026-01-01T00:00:00Z',
          expiresAt: '2026-01-02T00:00:00Z',
          tokenType: 'API_KEY',
          scopes: ['repo'],
          selfContained: false,
          attributes: '{"note":"n"}',
        },
      });
    }),
  );

  test(
    'numbers are whole numbers to the server, and times of all years that may be written are what they are',
    on(openOnServer, async ({ store }) => {
      const [first, last] = [Date.parse('0000-01-01T00:00:00.000Z'), Date.parse('9999-12-31T23:59:59.999Z')];
      await commit(store, async (draft) => {
        await draft.putSource(sourceOf({ id: 'hr' }));
        await draft.assignNumbers(['a', 'g']);
        const times = { createdAt: first, lastUsedAt: last, firstSeenAt: -1 };
        await draft.putEntities([
          entityOf({ number: 1, id: 'a', kind: 'Account', ...times }),
          entityOf({ number: 2, id: 'g', kind: 'Group' }),
        ]);
        await draft.putRelationships([
          linkOf('MEMBER_OF', 1, 2, claimOf({ startedAt: first, reportedAt: last })),
        ]);
      });
      expect((await store.entities(['a'], 1))[0]).toMatchObject({ createdAt: first, lastUsedAt: last });
      const [seen] = await byHand(`MATCH (e:Entity {id: 'a'})-[r]->(), (v:TendrilVersion {id: 'a'})
        RETURN toString(e.createdAt) AS first, toString(e.lastUsedAt) AS last, toString(e.firstSeenAt) AS before,
          toString(r.startedAt) AS started, [e.number IS :: INTEGER, r.code IS :: INTEGER,
          r.claimant IS :: INTEGER, r.reportedAt IS :: INTEGER, v.createdAt IS :: INTEGER,
          v.toRevision IS :: INTEGER, v.kind IS :: INTEGER] AS whole`);
      expect(seen).toEqual({
        first: '0000-01-01T00:00:00Z',
        last: '9999-12-31T23:59:59.999Z',
        before: '1969-12-31T23:59:59.999Z',
        started: '0000-01-01T00:00:00Z',
        whole: Array(7).fill(true),
      });
    }),
  );

  test(
    'open relationships are relationships of their type; ended and replaced ones are out of sight',
    on(openOnServer, async ({ store }) => {
      await commit(store, async (draft) => {
        await putNew(draft, ['a', 'b']);
        await draft.putRelationships([
          { ...linkOf('CAN_ACCESS', 1, 2), permission: 'WRITE' },
          linkOf('OWNS', 1, 2),
          linkOf('MEMBER_OF', 1, 2, claimOf({ open: false })),
        ]);
      });
      await commit(store, (draft) =>
        draft.putRelationships([
          { ...linkOf('CAN_ACCESS', 1, 2, claimOf({ evidence: 'push' })), permission: 'WRITE' },
          linkOf('OWNS', 1, 2, claimOf({ open: false })),
        ]),
      );
      expect(await byHand(SEEN)).toEqual([
        {
          a: 'a',
          type: 'CAN_ACCESS',
          b: 'b',
          r: expect.objectContaining({
            permission: 'WRITE',
            evidence: 'push',
            source: 'hr',
            fromRevision: 2,
          }),
        },
      ]);
      const before = await collect(store.scan(0, 1));
      expect(before.reduce((sum, { relationships }) => sum + relationships.count, 0)).toBe(2);
    }),
  );

  test(
    'a commit of many batches ends as one of few does, and an entity that changed is seen as it is',
    on(openOnServer, async ({ store }) => {
      const size = 6000;
      const ids = Array.from({ length: size }, (_, at) => `e${at}`);
      await commit(store, async (draft) => {
        const numbers = await putNew(draft, ids);
        await draft.putRelationships(numbers.map((n) => linkOf('OWNS', n, 1)));
      });
      await commit(store, async (draft) => {
        const numbers = await putNew(draft, ids, { kind: 'Account', name: 'changed' });
        await draft.putRelationships(
          numbers.map((n) => linkOf('OWNS', n, 1, claimOf({ open: n % 2 === 0 }))),
        );
      });
      const [seen] = await byHand(
        `MATCH (e:Account) WHERE NOT e:Human AND e.name = 'changed'
         RETURN count(e) AS changed, COUNT { MATCH (:Entity)-[r:OWNS]->(:Entity) } AS owns,
           COUNT { MATCH (d:TendrilDraft) } AS notes`,
      );
      expect(seen).toEqual({ changed: size, owns: size / 2, notes: 0 });
    }),
  );
});
