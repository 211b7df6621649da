import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Store } from '../../src/store/store.js';
import { exported, importDocuments, importText, withStore } from '../import/support.js';
import { companyArbitrary } from '../property/arbitrary/company.js';

const again = (store: Store, files: Record<string, string>, now: number) =>
  Object.keys(files).length === 0 ? Promise.resolve() : importText(store, Object.values(files), { now });

describe('export, import into an empty store, export', () => {
  test('gives the same bytes for any company', async () => {
    await fc.assert(
      fc.asyncProperty(companyArbitrary(), async ({ documents, now }) => {
        const files = await withStore(async (store) => {
          for (const document of documents) await importDocuments(store, [document], { now, force: true });
          return exported(store);
        });
        expect(Object.keys(files).length).toBeGreaterThan(0);
        const twice = await withStore(async (store) => {
          await again(store, files, now);
          return exported(store);
        });
        expect(twice).toEqual(files);
      }),
      { numRuns: 40 },
    );
  });

  test('is not a new revision in the store it came from', async () => {
    await fc.assert(
      fc.asyncProperty(companyArbitrary(), async ({ documents, now }) => {
        await withStore(async (store) => {
          for (const document of documents) await importDocuments(store, [document], { now, force: true });
          const { revision } = await store.head();
          for (const document of documents) await importDocuments(store, [document], { now, force: true });
          expect((await store.head()).revision).toBe(revision);
        });
      }),
      { numRuns: 20 },
    );
  });
});
