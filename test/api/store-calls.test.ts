import { describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/store/store.js';
import { CODE, HR, many } from './company.js';
import { at, TestService } from './service.js';

/** Counts every call of the store, by name. */
function counting() {
  const calls: string[] = [];
  const around = (store: Store): Store =>
    new Proxy(store, {
      get(target, name) {
        const value = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          calls.push(String(name));
          return value.apply(target, args);
        };
      },
    });
  return { calls, around };
}

/** Asks for everything that a row can lead to. */
const QUERIES = {
  entities: `query ($n: Int) { rows: entities(first: $n, filter: { search: "many:" }) { nodes {
    id source { id } owners { nodes { name } }
    relationships { nodes { sources { id } from { name source { id } } to { id relationships { totalCount } } } } } } }`,
  exposure: `query ($n: Int) { in: blastRadius(human: "hr:ada") {
    rows: exposure(first: $n, filter: { search: "many:" }) { nodes {
      entity { id source { id } owners { totalCount } } viaFamilyOf { id }
      path { from { name } to { name } relationship { sources { id } from { id } to { id } } } } } } }`,
  unowned:
    'query ($n: Int) { rows: unowned(first: $n) { nodes { id name source { id } relationships { totalCount } } } }',
} as const;

describe('the number of store calls does not grow with the rows', () => {
  test.each(Object.entries(QUERIES))('of %s', async (name, query) => {
    const { calls, around } = counting();
    const service = await TestService.start({ around, limits: { cost: 1e9 } }, [HR, CODE, many(1000)]);
    try {
      const path = name === 'exposure' ? 'in.rows.nodes' : 'rows.nodes';
      // The graph is loaded once, by whoever asks first.
      await service.data('{ overview { revision } }');
      const ask = async (n: number) => {
        calls.length = 0;
        const rows = at(await service.data(query, { variables: { n } }), path) as unknown[];
        expect(rows).toHaveLength(n);
        return [...calls].sort();
      };
      const few = await ask(10);
      expect(few.length).toBeGreaterThan(2);
      expect(await ask(1000)).toEqual(few);
    } finally {
      await service.stop();
    }
  });
});
