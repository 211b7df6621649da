import { describe, expect, test } from '@jest/globals';
import { kindCode } from '../../src/model/kinds.js';
import { typeCode } from '../../src/model/relationships.js';
import {
  codeAccess,
  codeNeeds,
  codeOpen,
  codePermission,
  codeRequired,
  codeType,
  ENTITY_FLAGS,
} from '../../src/model/rows.js';
import {
  claimOf,
  collect,
  commit,
  entityOf,
  linkOf,
  type Open,
  on,
  putNew,
  sourceOf,
  T0,
} from './fixtures.js';

/** How many relationships leave the busiest entity. */
const HUB = 38_000;

/** What the graph is loaded from. */
export function scans(open: Open): void {
  describe('scan', () => {
    test(
      'codes entities as in `model/rows.ts`',
      on(open, async ({ store }) => {
        await commit(store, async (draft) => {
          await draft.putSource(sourceOf({ id: 'hr' }));
          const [t = 0, u = 0, r = 0, s = 0] = await draft.assignNumbers(['t', 'u\u00e9', 'r', 's']);
          await draft.putEntities([
            entityOf({ number: t, id: 't', kind: 'Token', properties: { expiresAt: T0, family: 'f"1' } }),
            entityOf({
              number: u,
              id: 'u\u00e9',
              kind: 'Account',
              status: 'DISABLED',
              properties: { managed: true },
            }),
            entityOf({
              number: r,
              id: 'r',
              kind: 'Resource',
              properties: { personal: true, sensitivity: 'CRITICAL' },
            }),
            entityOf({ number: s, id: 's', kind: 'Resource', properties: { sensitivity: 'LOW' } }),
          ]);
        });
        const [rows] = await collect(store.scan(0, 1));
        const { live, managed, personal, rated, sensitivityShift } = ENTITY_FLAGS;
        expect(rows?.revision).toBe(1);
        expect(rows?.entities.count).toBe(4);
        expect([...(rows?.entities.entity ?? [])]).toEqual([1, 2, 3, 4]);
        expect(rows?.entities.id).toEqual(['t', 'u\u00e9', 'r', 's']);
        expect([...(rows?.entities.kind ?? [])]).toEqual(
          ['Token', 'Account', 'Resource', 'Resource'].map((kind) => kindCode(kind)),
        );
        expect([...(rows?.entities.flags ?? [])]).toEqual([
          live,
          managed,
          live | personal | rated | (3 << sensitivityShift),
          live | rated,
        ]);
        expect([...(rows?.entities.expiresAt ?? [])]).toEqual([T0, Infinity, Infinity, Infinity]);
        expect([...(rows?.entities.source ?? [])]).toEqual([1, 1, 1, 1]);
        expect(rows?.entities.family).toEqual(['f"1', null, null, null]);
      }),
    );

    test(
      'codes relationships as in `model/rows.ts`, sorted by the entity that they leave',
      on(open, async ({ store }) => {
        await commit(store, async (draft) => {
          await putNew(draft, ['a', 'b', 'c']);
          await draft.putRelationships([
            linkOf('HAS_SECRET', 3, 1, claimOf({ needs: 'ADMIN', required: false })),
            { ...linkOf('CAN_ACCESS', 1, 2, claimOf({ access: false })), permission: 'WRITE' },
            linkOf('OWNS', 2, 3),
          ]);
        });
        const codes = (await collect(store.scan(0, 1))).flatMap(
          ({ relationships: { count, from, to, code } }) =>
            Array.from({ length: count }, (_, at) => [from[at]!, to[at]!, code[at]!] as const),
        );
        expect(codes.map(([from, to]) => [from, to])).toEqual([
          [1, 2],
          [2, 3],
          [3, 1],
        ]);
        const [access, owns, secret] = codes.map(([, , code]) => code) as [number, number, number];
        expect([codeType(access), codePermission(access), codeAccess(access)]).toEqual([
          typeCode('CAN_ACCESS'),
          2,
          false,
        ]);
        expect([codeType(owns), codePermission(owns), codeNeeds(owns), codeOpen(owns)]).toEqual([
          typeCode('OWNS'),
          0,
          0,
          true,
        ]);
        expect([codeNeeds(secret), codeRequired(secret)]).toEqual([3, false]);
      }),
    );

    test(
      'since 0 has no ended relationships; since a later revision it has those that ended after it, and nothing else',
      on(open, async ({ store }) => {
        await commit(store, async (draft) => {
          await putNew(draft, ['a', 'b']);
          await draft.putRelationships([linkOf('OWNS', 1, 2), linkOf('CREATED', 1, 2)]);
        });
        await commit(store, (draft) =>
          draft.putRelationships([linkOf('OWNS', 1, 2, claimOf({ open: false }))]),
        );
        const edges = async (since: number, until: number) =>
          (await collect(store.scan(since, until))).flatMap(({ relationships: { count, code } }) =>
            Array.from(code.subarray(0, count), (one) => [codeType(one), codeOpen(one)]),
          );
        expect(await edges(0, 1)).toHaveLength(2);
        expect(await edges(0, 2)).toEqual([[typeCode('CREATED'), true]]);
        expect(await edges(1, 2)).toEqual([[typeCode('OWNS'), false]]);
        expect(await edges(1, 99)).toEqual([[typeCode('OWNS'), false]]);
        expect(await collect(store.scan(2, 2))).toEqual([]);
        expect(await collect(store.scan(2, 1))).toEqual([]);
      }),
    );

    test(
      'gives every row once over many batches, entities first, while other writers commit',
      on(open, async ({ store }) => {
        const size = 40_000;
        await commit(store, async (draft) => {
          const numbers = await putNew(
            draft,
            Array.from({ length: size }, (_, at) => `e${at}`),
          );
          // Most leave one entity, in two types, so that a batch ends in the midst of them.
          await draft.putRelationships(
            numbers.map((n) => linkOf(n % 2 === 0 ? 'OWNS' : 'CREATED', n <= HUB ? 1 : n, n)),
          );
        });
        const seen = { entities: new Set<number>(), from: [] as number[], to: new Set<number>() };
        for await (const { entities, relationships, revision } of store.scan(0, 1)) {
          expect(revision).toBe(1);
          for (const n of entities.entity.subarray(0, entities.count)) seen.entities.add(n);
          for (let at = 0; at < relationships.count; at += 1) {
            expect(seen.entities.has(relationships.to[at]!)).toBe(true);
            seen.from.push(relationships.from[at]!);
            seen.to.add(relationships.to[at]!);
          }
          await commit(store, (draft) =>
            draft.putRelationships([linkOf('OWNS', size, 1 + (seen.from.length % 9))]),
          );
        }
        expect(seen.entities.size).toBe(size);
        expect(seen.to.size).toBe(size);
        expect(seen.from).toEqual(Array.from({ length: size }, (_, at) => (at < HUB ? 1 : at + 1)));
      }),
    );
  });
}
