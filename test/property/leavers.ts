import fc from 'fast-check';
import type { GraphView } from '../../src/graph/view.js';
import type { Override } from '../../src/offboarding/decide/overrides.js';
import { makePlan, type PlanInput } from '../../src/offboarding/plan/offboarding/make-plan.js';
import type { Plan } from '../../src/offboarding/plan/plan-result.js';
import { BUILT_INTO_PLANS } from '../reference/built.js';
import * as reference from '../reference/index.js';
import { departureOf, standsOn } from '../reference/offboarding/index.js';
import { indexOf } from '../support/plain-index.js';
import { defaultPolicy, factsOf, nothingKnown } from '../support/plan-on-plain.js';
import { companyArbitrary } from './arbitrary/company.js';

/** How many companies a property of plans is held on; more on demand. */
export const RUNS = Number(process.env.PROPERTY_RUNS ?? 500);

/** One person of one company, plainly and as the code sees it. */
export interface Case {
  readonly graph: reference.PlainGraph;
  readonly view: GraphView;
  readonly human: string;
}

/** Holds a property for every human of many companies. */
export async function holds(check: (given: Case) => void, runs = RUNS): Promise<void> {
  const property = fc.asyncProperty(
    companyArbitrary({ built: BUILT_INTO_PLANS }),
    async ({ documents, now }) => {
      const graph = reference.plainGraphOf(documents, now);
      const view = (await indexOf(graph)).at(now);
      for (const human of reference.humansOf(graph)) check({ graph, view, human });
    },
  );
  await fc.assert(property, { numRuns: runs });
}

/** What plans the leaving of a person whom the first other live human follows. */
export function inputFor(
  { graph, view, human }: Case,
  overrides: PlanInput['overrides'] = new Map(),
): PlanInput {
  const successor = reference
    .humansOf(graph)
    .find((candidate) => candidate !== human && reference.isLive(graph, candidate));
  return {
    view,
    human: view.numberOf(human),
    policy: defaultPolicy,
    policyHash: 'policy',
    facts: factsOf(graph, view),
    known: nothingKnown,
    evaluatedAt: graph.now,
    mode: 'CONTINUITY_FIRST',
    lastWorkingDay: null,
    successor: successor ?? null,
    openCases: new Set(),
    overrides,
  };
}

/** A plan in which a person has decided everything that was to review: to go on where that can be. */
export function decidedPlan(given: Case, over: Partial<PlanInput> = {}): Plan {
  const { graph, human, view } = given;
  const overrides = new Map<number, Override>();
  const said = { successor: null, managedIdentity: null, reason: 'tried' };
  const inputs = () => ({ ...inputFor(given, overrides), ...over });
  const departure = departureOf(graph, human, 'sensitive');
  for (const action of ['REHOME', 'RETIRE'] as const) {
    for (const decision of makePlan(inputs()).body.decisions) {
      if (decision.action !== 'REVIEW') continue;
      const canGoOn = action === 'REHOME' && standsOn(departure, decision.entity);
      overrides.set(view.numberOf(decision.entity), { ...said, action: canGoOn ? action : 'RETIRE' });
    }
  }
  return makePlan(inputs());
}
