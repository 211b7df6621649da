import { expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import type { Store } from '../../src/store/store.js';
import { on } from '../contract/fixtures.js';
import { exported, importDocuments, importText, withStore } from '../import/support.js';
import { type Company, companyArbitrary } from '../property/arbitrary/company.js';
import { isEmpty } from '../property/arbitrary/documents.js';
import { openOnServer } from '../support/neo4j/opened.js';

jest.setTimeout(240_000);

/** How many companies share the store; one commit holds a document of each. */
const COMPANIES = Number(process.env.PROPERTY_RUNS ?? 16);
const DAY = 86_400_000;

function companies(seed: number): Company[] {
  return Array.from({ length: COMPANIES }, (_, at) => {
    const arbitrary = companyArbitrary({ idPrefix: `c${at}:` });
    return fc.sample(arbitrary, { numRuns: 1, seed: seed + at })[0]!;
  });
}

/** Imports the first documents of all companies as one commit, then the second ones, and so on. */
async function importAll(store: Store, all: readonly Company[]): Promise<void> {
  const now = Math.max(...all.flatMap((company) => company.documents.map(readAt)));
  const commits = Math.max(...all.map(({ documents }) => documents.length));
  for (let at = 0; at < commits; at += 1) {
    const documents = all.flatMap((company) => {
      const document = company.documents[at];
      return document === undefined || isEmpty(document) ? [] : [document];
    });
    await importDocuments(store, documents, { now: now + at * DAY, force: true, dangling: 'skip' });
  }
}

const readAt = ({ source }: Company['documents'][number]) => Date.parse(source.syncedAt) + DAY;

test(
  'what is written through one engine exports to the same bytes through the other, at every revision',
  on(openOnServer, async ({ store: neo4j, reopen }) => {
    const seed = Number(process.env.PROPERTY_SEED ?? Math.floor(Math.random() * 2 ** 31));
    const all = companies(seed);
    await withStore(async (embedded) => {
      await importAll(embedded, all);
      await importAll(neo4j, all);
      const { revision } = await embedded.head();
      expect([seed, (await neo4j.head()).revision]).toEqual([seed, revision]);
      for (let at = 1; at <= revision; at += 1) {
        expect([seed, at, await exported(neo4j, at)]).toEqual([seed, at, await exported(embedded, at)]);
      }
      // What one exported the other takes in, and gives back as it is.
      const files = await exported(await reopen());
      const again = await withStore(async (other) => {
        await importText(other, Object.values(files), { now: Date.now() });
        return exported(other);
      });
      expect([seed, again]).toEqual([seed, files]);
    });
  }),
);
