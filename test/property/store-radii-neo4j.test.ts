import { expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { StoreGraphProvider } from '../../src/graph/from-store/store-provider.js';
import { openMemoryProvider } from '../../src/graph/memory/memory-provider.js';
import { importSnapshots } from '../../src/import/index.js';
import { on } from '../contract/fixtures.js';
import { tester } from '../support/actor.js';
import { openOnServer } from '../support/neo4j/opened.js';
import { type Company, companyArbitrary } from './arbitrary/company.js';
import { expectSameAnswers } from './store-radii.js';

jest.setTimeout(240_000);

/** How many companies share the store; one commit holds a document of each, so that a commit is paid for once. */
const COMPANIES = Number(process.env.PROPERTY_RUNS ?? 10);
const DAY = 86_400_000;

/** Generated anew for each run; a failure names the seed. */
function companies(seed: number): Company[] {
  return Array.from({ length: COMPANIES }, (_, at) => {
    const arbitrary = companyArbitrary({ maxEntities: 30, idPrefix: `c${at}:` });
    return fc.sample(arbitrary, { numRuns: 1, seed: seed + at })[0]!;
  });
}

test(
  'what is answered in Neo4j is what is answered in memory, now and as of the commit before the last',
  on(openOnServer, async ({ store }) => {
    const seed = Number(process.env.PROPERTY_SEED ?? Math.floor(Math.random() * 2 ** 31));
    const all = companies(seed);
    const documents = all.map((company) =>
      company.documents.filter(({ entities, relationships }) => entities.length + relationships.length > 0),
    );
    const commits = Math.max(...documents.map((own) => own.length));
    const began = Math.max(...all.flatMap(({ now, documents: own }) => [now, ...own.map(readAt)]));
    const moments = Array.from({ length: commits }, (_, at) => began + at * DAY);
    for (const [at, now] of moments.entries()) {
      const inputs = documents.flatMap((own) =>
        own[at] === undefined ? [] : [{ name: 'document', document: own[at] }],
      );
      await importSnapshots(store, inputs, { actor: tester, now, force: true, dangling: 'skip' });
    }
    const memory = openMemoryProvider(store);
    const inStore = new StoreGraphProvider(store);
    for (const moment of moments.slice(-2)) {
      const whole = await memory.asOf(moment);
      const there = (id: string) => whole.numberOf(id) !== 0;
      for (const [at, company] of all.entries()) {
        const among = company.documents.flatMap(({ entities }) => entities.map(({ id }) => id)).filter(there);
        const starts = company.starts.filter(there).slice(0, 3);
        try {
          await expectSameAnswers(whole, () => inStore.asOf(moment), starts, among.slice(0, 14));
        } catch (error) {
          throw new Error(`Company ${at} of the seed ${seed} (PROPERTY_SEED).`, { cause: error });
        }
      }
    }
    expect((await inStore.asOf(moments.at(-1)!)).revision).toBe(commits);
  }),
);

const readAt = ({ source }: Company['documents'][number]) => Date.parse(source.syncedAt) + DAY;
