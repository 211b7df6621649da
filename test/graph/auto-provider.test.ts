import { describe, expect, test } from '@jest/globals';
import { AutoGraphProvider, type IndexPreference } from '../../src/graph/auto-provider.js';
import { StoreGraphProvider } from '../../src/graph/from-store/store-provider.js';
import { estimateSize } from '../../src/graph/memory/index-size.js';
import { openMemoryProvider } from '../../src/graph/memory/memory-provider.js';
import type { Store } from '../../src/store/store.js';
import { document, importDocuments, NOW, withStore } from '../import/support.js';

/** Accounts that each own two things. */
function company(accounts: number) {
  const all = Array.from({ length: accounts }, (_, at) => at);
  return document(
    'it',
    1,
    all.flatMap((at) => [
      { kind: 'Account' as const, id: `a${at}`, name: 'a' },
      { kind: 'Job' as const, id: `j${at}`, name: 'j' },
      { kind: 'Resource' as const, id: `r${at}`, name: 'r' },
    ]),
    all.flatMap((at) =>
      ['j', 'r'].map((kind) => ({ type: 'OWNS' as const, from: `a${at}`, to: `${kind}${at}` })),
    ),
  );
}

const choosing = (store: Store, options: IndexPreference) =>
  new AutoGraphProvider(store, options, {
    memory: openMemoryProvider(store),
    store: new StoreGraphProvider(store),
  });

describe('where the graph thinks', () => {
  test.each([0, 1, 7, 1500])('the size of the index is estimated from samples: %i accounts', (accounts) =>
    withStore(async (store) => {
      if (accounts > 0) await importDocuments(store, [company(accounts)]);
      const { revision } = await store.head();
      const { entities, relationships, bytes } = await estimateSize(store, revision);
      expect(Math.abs(entities - 3 * accounts)).toBeLessThanOrEqual(0.002 * 3 * accounts);
      expect(Math.abs(relationships - 2 * accounts)).toBeLessThanOrEqual(0.05 * 2 * accounts);
      expect(bytes).toBe(140 * entities + 40 * relationships);
    }),
  );

  test('is in memory while there is nothing, which is said and not how much nothing takes', () =>
    withStore(async (store) => {
      const { kind, because } = await choosing(store, { wanted: 'auto', memory: 2 ** 30 }).choice();
      expect([kind, because]).toEqual([
        'memory',
        expect.stringMatching(/^the store was empty .*TENDRIL_INDEX/),
      ]);
    }));

  test('is as wanted, or by the budget; either way it says why', () =>
    withStore(async (store) => {
      await importDocuments(store, [company(100)]);
      const kindOf = async (options: IndexPreference) => {
        const graphs = choosing(store, options);
        const { kind, because } = await graphs.choice();
        const { whole } = await graphs.current(NOW);
        const { whole: past } = await graphs.asOf(NOW);
        expect([whole === null, past === null]).toEqual([kind === 'store', kind === 'store']);
        expect(because).toContain('TENDRIL_INDEX');
        return kind;
      };
      expect(await kindOf({ wanted: 'memory', memory: 0 })).toBe('memory');
      expect(await kindOf({ wanted: 'store', memory: 2 ** 40 })).toBe('store');
      expect(await kindOf({ wanted: 'auto', memory: 50_000 })).toBe('memory');
      expect(await kindOf({ wanted: 'auto', memory: 49_999 })).toBe('store');
    }));
});
