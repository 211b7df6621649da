import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { StoreGraphProvider } from '../../src/graph/from-store/store-provider.js';
import { openMemoryProvider } from '../../src/graph/memory/memory-provider.js';
import { importSnapshots } from '../../src/import/index.js';
import { openEmbedded } from '../../src/store/embedded/index.js';
import { tester } from '../support/actor.js';
import { companyArbitrary } from './arbitrary/company.js';
import { expectSameAnswers } from './store-radii.js';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 200);
const DAY = 86_400_000;

test('what is answered in the store is what is answered in memory, now and as of every import', async () => {
  const property = fc.asyncProperty(companyArbitrary({ maxEntities: 30 }), async (company) => {
    const store = await openEmbedded({ path: ':memory:' });
    try {
      const documents = company.documents.filter(
        ({ entities, relationships }) => entities.length + relationships.length > 0,
      );
      const moments: number[] = [];
      for (const [at, document] of documents.entries()) {
        const now = Math.max(company.now + at * DAY, Date.parse(document.source.syncedAt) + at);
        const options = { actor: tester, now, force: true, dangling: 'skip' } as const;
        await importSnapshots(store, [{ name: 'document', document }], options);
        moments.push(now);
      }
      const memory = openMemoryProvider(store);
      const inStore = new StoreGraphProvider(store);
      for (const moment of moments) {
        const whole = await memory.asOf(moment);
        const there = (id: string) => whole.numberOf(id) !== 0;
        const among = company.documents.flatMap(({ entities }) => entities.map(({ id }) => id)).filter(there);
        await expectSameAnswers(whole, () => inStore.asOf(moment), company.starts.filter(there), among);
      }
      expect((await inStore.current(company.now)).revision).toBe(
        (await memory.current(company.now)).revision,
      );
    } finally {
      await store.close();
    }
  });
  await fc.assert(property, { numRuns: RUNS });
});
