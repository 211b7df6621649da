import { describe, expect, test } from '@jest/globals';
import { MAX_FRONTIER } from '../../src/model/flow.js';
import { RELATIONSHIP_TYPES, type RelationshipType, typeCode } from '../../src/model/relationships.js';
import { codePermission, codeSustains, codeType, type GraphRows } from '../../src/model/rows.js';
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

const bits = (...types: RelationshipType[]) => types.reduce((sum, type) => sum | (1 << typeCode(type)!), 0);
const NOTHING = { out: 0, into: 0, family: false };
const ALL = 2 ** RELATIONSHIP_TYPES.length - 1;

const linksOf = ({ relationships: { count, from, to, code } }: GraphRows) =>
  Array.from(
    { length: count },
    (_, at) => `${from[at]} ${RELATIONSHIP_TYPES[codeType(code[at]!)]} ${to[at]}`,
  ).sort();
const numbersOf = ({ entities: { count, entity } }: GraphRows) =>
  [...entity.subarray(0, count)].sort((a, b) => a - b);

/** A row as `scan` and `expand` both give it. */
const rowOf = ({ entities }: GraphRows, number: number) => {
  const at = entities.entity.indexOf(number);
  const { id, kind, flags, expiresAt, source, family } = entities;
  return [id[at], kind[at], flags[at], expiresAt[at], source[at], family[at]];
};

/** What questions that are answered in the store go by. */
export function expansions(open: Open): void {
  describe('expand', () => {
    test(
      'gives the types and directions asked for, each once, with the rows of both ends',
      on(open, async ({ store }) => {
        await commit(store, async (draft) => {
          await putNew(draft, ['a', 'b', 'c', 'd', 'e']);
          await draft.putRelationships([
            linkOf('OWNS', 1, 2),
            linkOf('CREATED', 1, 3),
            linkOf('OWNS', 3, 1),
            linkOf('KNOWS', 4, 1),
            linkOf('OWNS', 4, 5),
            { ...linkOf('CAN_ACCESS', 2, 1), permission: 'READ' },
            { ...linkOf('CAN_ACCESS', 2, 1), permission: 'ADMIN' },
          ]);
        });
        const out = await store.expand([1], { ...NOTHING, out: bits('OWNS', 'CAN_ACCESS') }, 1);
        expect([linksOf(out), numbersOf(out), out.revision]).toEqual([['1 OWNS 2'], [1, 2], 1]);
        const into = await store.expand([1], { ...NOTHING, into: bits('OWNS', 'CAN_ACCESS') }, 1);
        expect(linksOf(into)).toEqual(['2 CAN_ACCESS 1', '2 CAN_ACCESS 1', '3 OWNS 1']);
        const levels = [...into.relationships.code.subarray(0, into.relationships.count)].map(codePermission);
        expect(levels.sort()).toEqual([0, 1, 3]);
        expect(numbersOf(into)).toEqual([1, 2, 3]);
        const both = await store.expand([1, 2, 3, 1], { ...NOTHING, out: ALL, into: ALL }, 1);
        expect(linksOf(both)).toEqual([
          '1 CREATED 3',
          '1 OWNS 2',
          '2 CAN_ACCESS 1',
          '2 CAN_ACCESS 1',
          '3 OWNS 1',
          '4 KNOWS 1',
        ]);
        expect(numbersOf(both)).toEqual([1, 2, 3, 4]);
      }),
    );

    test(
      'gives the same rows as scan does',
      on(open, async ({ store }) => {
        await commit(store, async (draft) => {
          const [, t = 0, r = 0] = await putNew(draft, ['a', 't', 'r']);
          await draft.putEntities([
            entityOf({ number: t, id: 't', kind: 'Token', properties: { expiresAt: T0, family: 'f' } }),
            entityOf({ number: r, id: 'r', kind: 'Resource', properties: { sensitivity: 'HIGH' } }),
          ]);
          await draft.putRelationships([
            linkOf('ISSUED', 1, t),
            linkOf('HAS_SECRET', r, 1, claimOf({ needs: 'ADMIN', required: false })),
          ]);
        });
        const scanned = await collect(store.scan(0, 1));
        const [entities, relationships] = [scanned[0]!, scanned.at(-1)!];
        const expanded = await store.expand([1], { ...NOTHING, out: ALL, into: ALL }, 1);
        for (const number of [1, 2, 3]) expect(rowOf(expanded, number)).toEqual(rowOf(entities, number));
        const codes = ({ relationships: { count, code } }: GraphRows) => [...code.subarray(0, count)].sort();
        expect(codes(expanded)).toEqual(codes(relationships));
      }),
    );

    test(
      'gives every token of a family, of one source only, and only when asked',
      on(open, async ({ store }) => {
        await commit(store, async (draft) => {
          const vault = await draft.putSource(sourceOf({ id: 'vault' }));
          const hr = await draft.putSource(sourceOf({ id: 'hr' }));
          const ids = ['t1', 't2', 't3', 't4', 't5'];
          const numbers = await draft.assignNumbers(ids);
          const rows = [
            { source: hr, properties: { family: 'f' } },
            { source: hr, properties: { family: 'f' }, status: 'REVOKED' },
            { source: vault, properties: { family: 'f' } },
            { source: hr, properties: { family: 'g' } },
            { source: hr, properties: {} },
          ];
          const tokens = rows.map((row, at) => ({ ...row, id: ids[at]!, number: numbers[at]! }));
          await draft.putEntities(tokens.map((token) => entityOf({ ...token, kind: 'Token' })));
        });
        const family = { ...NOTHING, family: true };
        expect(numbersOf(await store.expand([1], family, 1))).toEqual([1, 2]);
        expect(numbersOf(await store.expand([3, 4], family, 1))).toEqual([3, 4]);
        expect(numbersOf(await store.expand([5], family, 1))).toEqual([5]);
        expect(numbersOf(await store.expand([1], NOTHING, 1))).toEqual([1]);
        // A token that left its family is in it at every moment before.
        await commit(store, (draft) =>
          draft.putEntities([entityOf({ number: 2, id: 't2', kind: 'Token', source: 2, properties: {} })]),
        );
        expect(numbersOf(await store.expand([1], family, 2))).toEqual([1]);
        expect(numbersOf(await store.expand([1], family, 1))).toEqual([1, 2]);
      }),
    );

    test(
      'speaks of the revision asked for, whatever came after, and of nothing that had ended',
      on(open, async ({ store }) => {
        await commit(store, async (draft) => {
          await putNew(draft, ['a', 'b', 'c']);
          await draft.putRelationships([linkOf('OWNS', 1, 2), linkOf('OWNS', 3, 1)]);
        });
        await commit(store, async (draft) => {
          await draft.putEntities([entityOf({ number: 2, id: 'b', status: 'LEFT' })]);
          await draft.putRelationships([
            linkOf('OWNS', 1, 2, claimOf({ open: false })),
            linkOf('OWNS', 3, 1, claimOf({ access: false })),
            linkOf('OWNS', 1, 3),
          ]);
        });
        const flow = { ...NOTHING, out: ALL, into: ALL };
        const draft = await store.write({ now: T0 });
        await draft.putRelationships([linkOf('OWNS', 2, 1)]);
        const before = await store.expand([1, 2], flow, 1);
        const now = await store.expand([1, 2], flow, 2);
        expect(linksOf(before)).toEqual(['1 OWNS 2', '3 OWNS 1']);
        expect(linksOf(now)).toEqual(['1 OWNS 3', '3 OWNS 1']);
        expect(numbersOf(now)).toEqual([1, 2, 3]);
        expect(rowOf(before, 2)).not.toEqual(rowOf(now, 2));
        expect(linksOf(await store.expand([1, 2], flow, 99))).toEqual(linksOf(now));
        expect(numbersOf(await store.expand([1], flow, 0))).toEqual([]);
        await draft.abort();
      }),
    );

    test(
      'tells whether any relationship of the store sustains, and gives none of these once it has ended',
      on(open, async ({ store }) => {
        const flow = { ...NOTHING, out: ALL, into: ALL };
        await commit(store, async (draft) => {
          await putNew(draft, ['a', 'b', 'c']);
          await draft.putRelationships([linkOf('OWNS', 1, 2), linkOf('OWNS', 1, 3)]);
        });
        expect((await store.expand([1], flow, 1)).anySustains).toBe(false);
        await commit(store, (draft) =>
          draft.putRelationships([linkOf('OWNS', 1, 2, claimOf({ sustains: true }))]),
        );
        const said = await store.expand([1], flow, 2);
        expect(said.anySustains).toBe(true);
        expect(
          [...said.relationships.code.subarray(0, said.relationships.count)].filter(codeSustains),
        ).toHaveLength(1);
        await commit(store, (draft) =>
          draft.putRelationships([linkOf('OWNS', 1, 2, claimOf({ sustains: true, open: false }))]),
        );
        const ended = await store.expand([1], flow, 3);
        expect([linksOf(ended), ended.anySustains]).toEqual([['1 OWNS 3'], true]);
        const [page] = await store.relationshipsOf([{ id: 'a', direction: 'OUT', limit: 9 }], 3);
        expect(page!.relationships.map(({ to }) => to)).toEqual([3]);
        expect((await collect(store.scan(0, 3))).flatMap(linksOf)).toEqual(['1 OWNS 3']);
      }),
    );

    test(
      'skips unknown entities, and refuses to start from too many',
      on(open, async ({ store }) => {
        await commit(store, (draft) => putNew(draft, ['a']));
        const flow = { out: ALL, into: ALL, family: true };
        const rows = await store.expand([1, 77], flow, 1);
        expect([numbersOf(rows), linksOf(rows)]).toEqual([[1], []]);
        expect(numbersOf(await store.expand([], flow, 1))).toEqual([]);
        const many = Array.from({ length: MAX_FRONTIER + 1 }, (_, at) => at + 1);
        await expect(store.expand(many, flow, 1)).rejects.toMatchObject({ code: 'BAD_INPUT' });
        await expect(store.expand(many.slice(1), flow, 1)).resolves.toMatchObject({ entities: { count: 0 } });
      }),
    );
  });
}
