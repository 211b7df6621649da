import { expect, test } from '@jest/globals';
import type { RelationshipsOf } from '../../../src/store/queries.js';
import type { Store } from '../../../src/store/store.js';
import { document, importDocuments, problemsOf, withStore } from '../support.js';

const resource = (id: string) => ({ kind: 'Resource' as const, id });
const contains = (from: string, to: string) => ({ type: 'CONTAINS' as const, from, to });
const delta = (day: number, ids: readonly string[], edges: readonly (readonly [string, string])[]) =>
  document(
    'it',
    day,
    ids.map(resource),
    edges.map(([from, to]) => contains(from, to)),
    'delta',
  );

/** The store, counting the entities and relationships that it is asked for around entities. */
function counted(store: Store): { store: Store; read: () => number } {
  let read = 0;
  const counting = Object.create(store, {
    relationshipsOf: {
      value: async (queries: readonly RelationshipsOf[], at: number) => {
        const pages = await store.relationshipsOf(queries, at);
        for (const { relationships } of pages) read += 1 + relationships.length;
        return pages;
      },
    },
  }) as Store;
  return { store: counting, read: () => read };
}

test('a new parent of what contains much is held against what contains it, not against all it contains', async () => {
  await withStore(async (store) => {
    const parts = Array.from({ length: 1500 }, (_, at) => `part${at}`);
    await importDocuments(store, [
      delta(
        1,
        ['hub', ...parts],
        parts.map((part) => ['hub', part] as const),
      ),
    ]);
    const { store: counting, read } = counted(store);
    await importDocuments(counting, [delta(2, ['top'], [['top', 'hub']])]);
    expect(read()).toBeLessThan(5);
  });
});

test('a cycle is found over many relationships of before and several of now', async () => {
  await withStore(async (store) => {
    const chain = (name: string) => Array.from({ length: 5 }, (_, at) => `${name}${at}`);
    const links = (ids: readonly string[]) => ids.slice(1).map((id, at) => [ids[at] as string, id] as const);
    const [one, other] = [chain('a'), chain('b')];
    await importDocuments(store, [delta(1, [...one, ...other], [...links(one), ...links(other)])]);
    const closing = delta(
      2,
      [],
      [
        ['a4', 'b0'],
        ['b3', 'b2'],
        ['b4', 'a1'],
        ['a0', 'b4'],
      ],
    );
    const problems = await problemsOf(importDocuments(store, [closing]));
    expect(problems.map(({ row, rule }) => [row, rule])).toEqual([
      ['relationships[0]', 'CYCLE'],
      ['relationships[1]', 'CYCLE'],
      ['relationships[2]', 'CYCLE'],
    ]);
    await importDocuments(store, [delta(3, [], [['a0', 'b4']])]);
  });
});
