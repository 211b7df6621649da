import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openCaseContext, type TestCaseContext } from '../../support/case-context.js';
import { openOnServer } from '../../support/neo4j/opened.js';
import { endVerified, sweepAll } from './checks.js';
import { settle, type Town, townArbitrary } from './leaving.js';

/** Companies in each town: few, for every step of a case is several round trips here. */
const TOGETHER = 3;
const TOWNS = 1;

/** Holds a property on towns that are kept in Neo4j. */
async function onServer(
  check: (caseContext: TestCaseContext, town: Town, chosen: number) => Promise<void>,
): Promise<void> {
  const property = fc.asyncProperty(townArbitrary(TOGETHER, 20), fc.nat(20), async (town, chosen) => {
    const { store, dispose } = await openOnServer();
    try {
      const caseContext = await openCaseContext({ store });
      await settle(caseContext, town);
      await check(caseContext, town, chosen);
    } finally {
      await dispose();
    }
  });
  await fc.assert(property, { numRuns: TOWNS, endOnFailure: true });
}

test('offboarding in Neo4j ends VERIFIED where the plain reading finds nothing against it', async () => {
  let looked = 0;
  await onServer(async (caseContext, town, chosen) => {
    await endVerified(caseContext, town, chosen);
    looked += town.companies.length;
  });
  expect(looked).toBe(TOWNS * TOGETHER);
}, 1_200_000);

test('offboarding in Neo4j sweeps what an import brings between every two steps', async () => {
  let looked = 0;
  await onServer(async (caseContext, town, chosen) => {
    await sweepAll(caseContext, town, chosen);
    looked += town.companies.length;
  });
  expect(looked).toBe(TOWNS * TOGETHER);
}, 1_200_000);
