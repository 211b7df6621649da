import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ReachSet } from '../../../src/graph/answers.js';
import { radiiOf } from '../../../src/graph/radii/radii.js';
import { hypothesisOf } from '../../../src/offboarding/what-if/hypothesis.js';
import { companyArbitrary } from '../../property/arbitrary/company.js';
import * as reference from '../../reference/index.js';
import { indexOf } from '../../support/plain-index.js';

const RUNS = Number(process.env.PROPERTY_RUNS ?? 300);

test('somebody who is gone stops and orphans what the radii say', async () => {
  const property = fc.asyncProperty(companyArbitrary(), async (company) => {
    const graph = reference.plainGraphOf(company.documents, company.now);
    const view = (await indexOf(graph)).at(company.now);
    const ids = (set: ReachSet) => set.members.map(({ entity }) => view.idOf(entity)).sort();
    const humans = company.starts.filter((start) => graph.entities.get(start)?.kind === 'Human');
    for (const leaving of [...humans.map((human) => [human]), humans]) {
      if (leaving.length === 0) continue;
      const numbers = leaving.map((id) => view.numberOf(id));
      const radii = radiiOf(view, numbers, { rotateReadable: 'never' });
      const supposed = hypothesisOf(
        view,
        numbers.map((entity) => ({ entity, alone: false })),
      );
      expect(ids(supposed.stops)).toEqual(ids(radii.continuity));
      // The radii count a person and their accounts as live; and nobody has to answer for what ends as well.
      const { accounts } = radii.person;
      if (![...numbers, ...accounts].every((one) => view.isLive(one))) continue;
      const orphans = radii.orphans.members.filter(({ entity }) => !supposed.ended.has(entity));
      const expected = orphans.map(({ entity }) => view.idOf(entity));
      expect(ids(supposed.unanswered)).toEqual(expect.arrayContaining(expected));
    }
  });
  await fc.assert(property, { numRuns: RUNS });
});

test('the more that ends, the less is reached', async () => {
  const property = fc.asyncProperty(
    companyArbitrary(),
    fc.nat(),
    fc.boolean(),
    async (company, pick, alone) => {
      const graph = reference.plainGraphOf(company.documents, company.now);
      const view = (await indexOf(graph)).at(company.now);
      for (const start of company.starts) {
        const number = view.numberOf(start);
        const { exposure } = radiiOf(view, number, { rotateReadable: 'never' });
        if (exposure.members.length === 0) continue;
        const { entity } = exposure.members[pick % exposure.members.length]!;
        const left = hypothesisOf(view, [{ entity, alone }]).stillReached(number);
        expect(left.has(entity)).toBe(false);
        for (const member of left.members) expect(exposure.has(member.entity)).toBe(true);
      }
    },
  );
  await fc.assert(property, { numRuns: RUNS });
});
