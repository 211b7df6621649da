import { breakageOf, brokenNow } from '../../src/graph/radii/continuity.js';
import { radiiOf } from '../../src/graph/radii/radii.js';
import { RotationUnits } from '../../src/graph/radii/rotation-units.js';
import type { GraphView } from '../../src/graph/view.js';
import { approvePlan } from '../../src/offboarding/case/approve-plan.js';
import type { Case } from '../../src/offboarding/case/case.js';
import { inOrderOfExecution } from '../../src/offboarding/case/case-actions.js';
import { planOf, requireCase, verificationOf } from '../../src/offboarding/case/case-documents.js';
import { decide } from '../../src/offboarding/case/decide.js';
import { planOffboarding } from '../../src/offboarding/case/plan-offboarding.js';
import { executeOffboarding } from '../../src/offboarding/execute/execute.js';
import { exported } from '../import/support.js';
import { runOut } from '../offboarding/execute/carry-out.js';
import { person, type TestCaseContext } from '../support/case-context.js';
import type { Departure } from './departure.js';
import {
  type AfterState,
  afterInWords,
  decisionInWords,
  type PlanInWords,
  planInWords,
  type State,
  stateOf,
} from './departure-in-words.js';

/** What people say of somebody who leaves. */
export type Leaving = Omit<Departure, 'plan' | 'after' | 'later' | 'graph'>;

/** A case with all that people decide, and what the rules had decided before. */
export interface Planned {
  readonly one: Case;
  readonly ruled: readonly string[];
}

/** Plans that somebody leaves. */
export async function plan(caseContext: TestCaseContext, departure: Leaving): Promise<Planned> {
  const { human, mode, successor, lastWorkingDay, decided } = departure;
  const asked = { human, mode: mode ?? null, successor: successor ?? null, reason: departure.title };

  const first = await planOffboarding(caseContext, person('pia'), {
    ...asked,
    lastWorkingDay: lastWorkingDay ?? null,
  });
  const { id } = first;
  const ruled = (await planOf(caseContext.store.journal, first)).body.decisions.map(decisionInWords);
  for (const decision of decided) await decide(caseContext, person('pia'), { offboarding: id, ...decision });
  return { one: await requireCase(caseContext.store.journal, id), ruled };
}

/** What was planned, and what came of it. */
export interface Outcome {
  readonly plan: PlanInWords;
  readonly after: AfterState;
  /** What has changed since when the time of an entry that was left has come; left out: none ever comes. */
  readonly later?: AfterState;
}

/** Has somebody leave, from the plan to the end of the case. */
export async function depart(caseContext: TestCaseContext, departure: Departure): Promise<Outcome> {
  return carryOut(caseContext, await plan(caseContext, departure));
}

/** Has a plan approved and executed, to the end of the case. */
export async function carryOut(
  caseContext: TestCaseContext,
  { one: { id, planHash, input }, ruled }: Planned,
): Promise<Outcome> {
  const before = stateOf(await exported(caseContext.store));
  const concerned = await concernedWorkloads(caseContext, input.human as string);
  await approvePlan(caseContext, person('anna'), { offboarding: id, planHash, reason: 'agreed' });
  await executeOffboarding(caseContext, person('otto'), { offboarding: id, planHash });
  const { one, state, told } = await runOn(caseContext, id, before, concerned);
  const kept = await planOf(caseContext.store.journal, one);
  const words = { ruled, ...planInWords(kept, inOrderOfExecution(kept.body)) };
  if (one.wakeAt === null) return { plan: words, after: told };
  caseContext.clock.moveTo(one.wakeAt);
  return { plan: words, after: told, later: (await runOn(caseContext, id, state, concerned)).told };
}

/** Runs a case to its end, and tells what has changed. */
async function runOn(caseContext: TestCaseContext, id: string, before: State, concerned: readonly string[]) {
  const one = await runOut(caseContext, id);
  const found = await verificationOf(caseContext.store.journal, id);
  if (found === undefined) throw new Error(`${id} was not verified: it is ${one.state}, ${one.because}`);
  const state = stateOf(await exported(caseContext.store));
  return { one, state, told: afterInWords(before, state, one, found, await working(caseContext, concerned)) };
}

const ask = async <T>(caseContext: TestCaseContext, question: (view: GraphView) => T): Promise<T> =>
  (await caseContext.graphs.current(caseContext.clock.now())).query(question);

/** Workloads that stop with somebody, or need what leaving cuts: C(h) and W(h). */
const concernedWorkloads = (caseContext: TestCaseContext, human: string): Promise<string[]> =>
  ask(caseContext, (view) => {
    const radii = radiiOf(view, view.numberOf(human), { rotateReadable: 'sensitive' });
    const { workloads } = breakageOf(view, radii.units, radii.cut.ending);
    return [...workloads].map((workload) => view.idOf(workload)).sort();
  });

const working = (
  caseContext: TestCaseContext,
  ids: readonly string[],
): Promise<Pick<AfterState, 'works' | 'stopped'>> =>
  ask(caseContext, (view) => {
    const numbers = new Map(ids.map((id) => [id, view.numberOf(id)]));
    const broken = brokenNow(view, new RotationUnits(view), numbers.values());
    const isStopped = (id: string) => broken.has(numbers.get(id)!) || !view.isLive(numbers.get(id)!);
    return { works: ids.filter((id) => !isStopped(id)), stopped: ids.filter(isStopped) };
  });
