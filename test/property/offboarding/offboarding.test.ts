import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type TestCaseContext, withCaseContext } from '../../support/case-context.js';
import { endVerified, plansOf, sweepAll } from './checks.js';
import { settle, type Town, townArbitrary } from './leaving.js';

/** How many companies; more on demand. They come ten to a store. */
const COMPANIES = Number(process.env.PROPERTY_RUNS ?? 500);
const TOGETHER = 10;

const holds = (
  check: (caseContext: TestCaseContext, town: Town, chosen: number) => Promise<void>,
  runs: number,
) =>
  fc.assert(
    fc.asyncProperty(townArbitrary(TOGETHER), fc.nat(20), (town, chosen) =>
      withCaseContext([], async (caseContext) => {
        await settle(caseContext, town);
        await check(caseContext, town, chosen);
      }),
    ),
    // Ten companies shrink for an hour; what a failing case says of itself has to be enough.
    { numRuns: Math.max(1, Math.round(runs / TOGETHER)), endOnFailure: true },
  );

describe('offboarding', () => {
  test('ends VERIFIED where the plain reading finds nothing against it, and doing it again changes nothing', async () => {
    let verified = 0;
    await holds(async (caseContext, town, chosen) => {
      verified += await endVerified(caseContext, town, chosen);
    }, COMPANIES);
    // Of companies in which nobody can leave, or all keep a token that nobody can revoke, nothing could be learnt.
    expect(verified).toBeGreaterThan(COMPANIES / 4);
  }, 1_200_000);

  test('sweeps what an import brings between every two steps, or does not say VERIFIED', async () => {
    let minted = 0;
    let verified = 0;
    await holds(async (caseContext, town, chosen) => {
      const found = await sweepAll(caseContext, town, chosen);
      minted += found.minted;
      verified += found.verified;
    }, COMPANIES / 10);
    expect(minted).toBeGreaterThan(COMPANIES);
    expect(verified).toBeGreaterThan(COMPANIES / 40);
  }, 1_200_000);

  test('has the same plan, to the byte, however the graph came into the store', async () => {
    await holds(async (caseContext, town, chosen) => {
      const hashes = await plansOf(caseContext, town, chosen);
      const shuffled = {
        ...town,
        companies: [...town.companies].reverse().map((company) => ({
          ...company,
          documents: company.documents.map((document) => ({
            ...document,
            entities: [...document.entities].reverse(),
            relationships: [...document.relationships].reverse(),
          })),
        })),
      };
      await withCaseContext([], async (other) => {
        await settle(other, shuffled);
        expect(await plansOf(other, town, chosen)).toEqual(hashes);
      });
    }, COMPANIES / 5);
  }, 1_200_000);
});
