import { expect, test } from '@jest/globals';
import { StoreGraphProvider } from '../../src/graph/store-provider.js';
import { TendrilError } from '../../src/model/errors.js';
import { approvePlan } from '../../src/offboarding/case/approve-plan.js';
import type { Case } from '../../src/offboarding/case/case.js';
import { planOf } from '../../src/offboarding/case/case-documents.js';
import { decide } from '../../src/offboarding/case/decide.js';
import { planOffboarding } from '../../src/offboarding/case/plan-offboarding.js';
import { executeOffboarding } from '../../src/offboarding/execute/execute.js';
import { runOut } from '../offboarding/execute/carry-out.js';
import { type DeskParts, person, type TestDesk, withDesk } from '../support/desk.js';
import { demoDocuments, entities } from './demo-company.js';

const humans = [...entities.values()].filter(({ kind }) => kind === 'Human').map(({ id }) => id);

/** Decides what a person has to: going on where that can be, under somebody who stays. */
async function decideAll(desk: TestDesk, planned: Case, successor: string): Promise<Case> {
  let one = planned;
  for (const entity of (await planOf(desk.store.journal, one)).needsDecision) {
    for (const action of ['REHOME', 'TRANSFER', 'RETIRE'] as const) {
      const asked = { offboarding: one.id, entity, action, successor, reason: 'as agreed' };
      const decided = await decide(desk, person('pia'), asked).catch((error: unknown) => {
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
const PLACES: readonly DeskParts[] = [{}, { graphsOf: (store) => new StoreGraphProvider(store) }];

/** Has somebody leave, to the end of the case; gives the plan's hash. */
const leave = (human: string, parts: DeskParts): Promise<string> =>
  withDesk(
    demoDocuments,
    async (desk) => {
      const successor = humans.find(
        (other) => other !== human && entities.get(other)?.status === 'ACTIVE',
      ) as string;
      const planned = await planOffboarding(desk, person('pia'), { human, successor, reason: 'leaves' });
      const { id, planHash } = await decideAll(desk, planned, successor);
      await approvePlan(desk, person('anna'), { offboarding: id, planHash, reason: 'agreed' });
      await executeOffboarding(desk, person('otto'), { offboarding: id, planHash });
      expect(await runOut(desk, id)).toMatchObject({ state: 'VERIFIED', assurance: 'SIMULATED' });
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
