import { expect, test } from '@jest/globals';
import { StoreGraphProvider } from '../../src/graph/from-store/store-provider.js';
import { TendrilError } from '../../src/model/errors.js';
import { approvePlan } from '../../src/offboarding/case/approve-plan.js';
import type { Case } from '../../src/offboarding/case/case.js';
import { planOf } from '../../src/offboarding/case/case-documents.js';
import { decide } from '../../src/offboarding/case/decide.js';
import { planOffboarding } from '../../src/offboarding/case/plan-offboarding.js';
import { executeOffboarding } from '../../src/offboarding/execute/execute.js';
import { runOut } from '../offboarding/execute/carry-out.js';
import {
  type CaseContextParts,
  person,
  type TestCaseContext,
  withCaseContext,
} from '../support/case-context.js';
import { demoDocuments, entities } from './demo-company.js';

const humans = [...entities.values()].filter(({ kind }) => kind === 'Human').map(({ id }) => id);

/** Decides what a person has to: going on where that can be, under somebody who stays. */
async function decideAll(caseContext: TestCaseContext, planned: Case, successor: string): Promise<Case> {
  let one = planned;
  for (const entity of (await planOf(caseContext.store.journal, one)).needsDecision) {
    for (const action of ['REHOME', 'TRANSFER', 'RETIRE'] as const) {
      const asked = { offboarding: one.id, entity, action, successor, reason: 'as agreed' };
      const decided = await decide(caseContext, person('pia'), asked).catch((error: unknown) => {
        if (error instanceof TendrilError) return null;
        throw error;
      });
      if (decided === null) continue;
      one = decided;
      break;
    }
  }
  return one;
}

/** Where the graph thinks: all of it in memory, or piece by piece in the store. */
const PLACES: readonly CaseContextParts[] = [{}, { graphsOf: (store) => new StoreGraphProvider(store) }];

/** Has somebody leave, to the end of the case; gives the plan's hash. */
const leave = (human: string, parts: CaseContextParts): Promise<string> =>
  withCaseContext(
    demoDocuments,
    async (caseContext) => {
      const successor = humans.find(
        (other) => other !== human && entities.get(other)?.status === 'ACTIVE',
      ) as string;
      const planned = await planOffboarding(caseContext, person('pia'), {
        human,
        successor,
        reason: 'leaves',
      });
      const { id, planHash } = await decideAll(caseContext, planned, successor);
      await approvePlan(caseContext, person('anna'), { offboarding: id, planHash, reason: 'agreed' });
      await executeOffboarding(caseContext, person('otto'), { offboarding: id, planHash });
      expect(await runOut(caseContext, id)).toMatchObject({ state: 'VERIFIED', assurance: 'SIMULATED' });
      return planHash;
    },
    parts,
  );

test.each(humans)(
  '%s can leave: every invariant holds when the case has ended, wherever the graph thinks',
  async (human) => {
    const [inMemory, inStore] = [await leave(human, PLACES[0]!), await leave(human, PLACES[1]!)];
    expect(inStore).toBe(inMemory);
  },
);
