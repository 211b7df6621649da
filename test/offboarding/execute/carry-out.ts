import { approvePlan } from '../../../src/offboarding/case/approve-plan.js';
import type { Case } from '../../../src/offboarding/case/case.js';
import type { CaseAction } from '../../../src/offboarding/case/case-action.js';
import { actionsOf, requireCase } from '../../../src/offboarding/case/case-documents.js';
import { planOffboarding } from '../../../src/offboarding/case/plan-offboarding.js';
import { attestActions } from '../../../src/offboarding/execute/attest.js';
import { executeOffboarding } from '../../../src/offboarding/execute/execute.js';
import { type RunOptions, runCase } from '../../../src/offboarding/execute/run-case.js';
import type { Mode } from '../../../src/offboarding/plan/plan.js';
import { person, type TestCaseContext } from '../../support/case-context.js';

/** Plans that Ada leaves, and has that approved. */
export async function approved(
  caseContext: TestCaseContext,
  mode?: Mode,
  lastWorkingDay?: string,
): Promise<Case> {
  const planned = await planOffboarding(caseContext, person('pia'), {
    human: 'ada',
    reason: 'Ada leaves',
    ...(mode === undefined ? {} : { mode }),
    ...(lastWorkingDay === undefined ? {} : { lastWorkingDay }),
  });
  const asked = { offboarding: planned.id, planHash: planned.planHash, reason: 'as agreed' };
  return approvePlan(caseContext, person('anna'), asked);
}

/** The same, and has it executed: now a runner may take it. */
export async function executing(
  caseContext: TestCaseContext,
  mode: Mode = 'CONTINUITY_FIRST',
): Promise<Case> {
  const { id, planHash } = await approved(caseContext, mode);
  return executeOffboarding(caseContext, person('otto'), { offboarding: id, planHash });
}

/** No chance, and waits of whole seconds. */
export const STEADY: RunOptions = { random: () => 1 };

/** Runs a case until it waits or has ended. */
export async function run(
  caseContext: TestCaseContext,
  id: string,
  options: RunOptions = STEADY,
): Promise<Case> {
  await runCase(caseContext, id, options);
  return requireCase(caseContext.store.journal, id);
}

/** Runs a case to its end, over all the times at which it wants to be looked at again. */
export async function runOut(
  caseContext: TestCaseContext,
  id: string,
  options: RunOptions = STEADY,
): Promise<Case> {
  for (let round = 0; round < 200; round += 1) {
    const offboarding = await run(caseContext, id, options);
    if (offboarding.state !== 'WAITING' || offboarding.wakeAt === null) return offboarding;
    caseContext.clock.moveTo(offboarding.wakeAt);
  }
  throw new Error('It waits for ever.');
}

export async function action(caseContext: TestCaseContext, id: string, name: string): Promise<CaseAction> {
  const found = (await actionsOf(caseContext.store.journal, id)).find(
    (offboarding) => offboarding.action.id === name,
  );
  if (found === undefined) throw new Error(`There is no action ${name}.`);
  return found;
}

/** A person attests all that waits for a person. */
export async function attestAll(caseContext: TestCaseContext, id: string): Promise<Case> {
  const waiting = (await actionsOf(caseContext.store.journal, id)).filter(
    (offboarding) => offboarding.state === 'WAITING_FOR_PERSON',
  );
  return attestActions(caseContext, person('otto'), {
    offboarding: id,
    actions: waiting.map((offboarding) => offboarding.action.id),
    statement: 'Done by hand',
    evidence: 'ticket 1',
  });
}
