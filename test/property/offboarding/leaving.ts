import fc from 'fast-check';
import type { SnapshotDocument } from '../../../src/model/snapshot.js';
import { approvePlan } from '../../../src/offboarding/case/approve-plan.js';
import type { Case } from '../../../src/offboarding/case/case.js';
import {
  actionsOf,
  planOf,
  requireCase,
  verificationOf,
} from '../../../src/offboarding/case/case-documents.js';
import { decide } from '../../../src/offboarding/case/decide.js';
import type { KeptPlan } from '../../../src/offboarding/case/kept-plan.js';
import { planOffboarding } from '../../../src/offboarding/case/plan-offboarding.js';
import { executeOffboarding } from '../../../src/offboarding/execute/execute.js';
import { type RunOptions, runCase } from '../../../src/offboarding/execute/run-case.js';
import type { Mode } from '../../../src/offboarding/plan/plan.js';
import { BUILT_INTO_PLANS } from '../../reference/built.js';
import { departureOf, standsOn } from '../../reference/offboarding/index.js';
import { importAt, person, type TestCaseContext } from '../../support/case-context.js';
import { graphOf } from '../../support/store-graph.js';
import { type Company, companyArbitrary } from '../arbitrary/company.js';
import { isEmpty } from '../arbitrary/documents.js';

/** Companies that are put into one store together: an import costs the same for one as for many. */
export interface Town {
  readonly companies: readonly Company[];
  readonly prefixes: readonly string[];
}

/** Several companies whose ids do not meet. */
export function townArbitrary(size: number, maxEntities = 30): fc.Arbitrary<Town> {
  const prefixes = Array.from({ length: size }, (_, at) => `c${at}/`);
  return fc
    .tuple(
      ...prefixes.map((idPrefix) => companyArbitrary({ idPrefix, maxEntities, built: BUILT_INTO_PLANS })),
    )
    .map((companies) => ({ companies, prefixes }));
}

/** Imports all companies, in as few commits as their sources have documents. */
export async function settle(caseContext: TestCaseContext, { companies }: Town): Promise<void> {
  caseContext.clock.moveTo(new Date(companies[0]!.now).toISOString());
  const kept = companies.map(({ documents }) => documents.filter((document) => !isEmpty(document)));
  const seen = new Map<string, SnapshotDocument[]>();
  for (const document of kept.flat()) {
    const { id } = document.source;
    seen.set(id, [...(seen.get(id) ?? []), document]);
  }
  for (let round = 0; ; round += 1) {
    const documents = [...seen.values()].flatMap((all) => all[round] ?? []);
    if (documents.length === 0) return;
    await importAt(caseContext, documents, { force: true });
  }
}

/** Plans that somebody leaves, with everything decided that a person has to decide; null where that cannot be. */
export async function planned(
  caseContext: TestCaseContext,
  human: string,
  successor: string | null,
  mode: Mode,
): Promise<Case | null> {
  const made = await planOffboarding(caseContext, person('planner'), {
    human,
    successor,
    mode,
    reason: 'they leave',
  });
  const { revision } = await caseContext.store.head();
  const prefix = human.slice(0, human.indexOf('/') + 1);
  const graph = await graphOf(caseContext.store, caseContext.clock.now(), revision, (id) =>
    id.startsWith(prefix),
  );
  const departure = departureOf(graph, human, 'sensitive');
  for (const preferred of ['REHOME', 'RETIRE'] as const) {
    for (const decision of (await planNow(caseContext, made.id)).body.decisions) {
      if (decision.action !== 'REVIEW') continue;
      const goesOn = preferred === 'REHOME' && standsOn(departure, decision.entity);
      const action = goesOn ? 'REHOME' : 'RETIRE';
      const asked = { offboarding: made.id, entity: decision.entity, action, reason: 'tried' } as const;
      await decide(caseContext, person('planner'), asked);
    }
  }
  const plan = await planNow(caseContext, made.id);
  return plan.needsDecision.length > 0 ? null : requireCase(caseContext.store.journal, made.id);
}

export async function planNow(caseContext: TestCaseContext, id: string): Promise<KeptPlan> {
  return planOf(caseContext.store.journal, await requireCase(caseContext.store.journal, id));
}

/** Has a plan approved by another person, and begun. */
export async function begun(caseContext: TestCaseContext, { id, planHash }: Case): Promise<void> {
  await approvePlan(caseContext, person('approver'), { offboarding: id, planHash, reason: 'as agreed' });
  await executeOffboarding(caseContext, person('operator'), { offboarding: id, planHash });
}

/** No case of a small company has more. */
const MOST_STEPS = 500;

/** Runs a case for as long as it goes on; `between` is done between every two steps. */
export async function carriedOut(
  caseContext: TestCaseContext,
  id: string,
  between?: () => Promise<void>,
): Promise<Case> {
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    const options = between === undefined ? {} : oneStep();
    await runCase(caseContext, id, { random: () => 1, ...options });
    const one = await requireCase(caseContext.store.journal, id);
    if (one.state !== 'EXECUTING' || between === undefined) return one;
    await between();
  }
  throw new Error(
    JSON.stringify(await told(caseContext, await requireCase(caseContext.store.journal, id)), null, 1),
  );
}

/** Stops after one step, as a process does that is asked to end. */
function oneStep(): RunOptions {
  const controller = new AbortController();
  return { signal: controller.signal, onStep: () => controller.abort() };
}

/** All that there is to say of a case, for a test that fails. */
export async function told(caseContext: TestCaseContext, { id, state, because }: Case) {
  const found = await verificationOf(caseContext.store.journal, id);
  const actions = await actionsOf(caseContext.store.journal, id);
  return {
    state,
    because,
    failed: found?.checks.filter(({ holds }) => !holds),
    open: found?.residual.filter(({ kind }) => kind === 'OPEN'),
    actions: actions.map(({ action, state: now }) => `${action.id} ${now}`),
  };
}
