import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Override } from '../../src/offboarding/decide/overrides.js';
import { makePlan, type PlanInput } from '../../src/offboarding/plan/offboarding/make-plan.js';
import { predict } from '../../src/offboarding/plan/prediction.js';
import * as reference from '../reference/index.js';
import {
  checkInvariants,
  DEFAULT_POLICY,
  decisionsOf,
  departureOf,
  standsOn,
} from '../reference/offboarding/index.js';
import { indexOf } from '../support/plain-index.js';
import { applied, changesOf, summaryOf } from '../support/plan-on-plain.js';
import { companyArbitrary } from './arbitrary/company.js';
import { type Case, inputFor, RUNS } from './leavers.js';

/** All but the last human of many companies leave by one plan. */
async function holdsTogether(check: (given: Case, humans: readonly string[]) => void): Promise<void> {
  const property = fc.asyncProperty(companyArbitrary(), async ({ documents, now }) => {
    const graph = reference.plainGraphOf(documents, now);
    const humans = reference.humansOf(graph).slice(0, -1);
    if (humans.length < 2) return;
    check({ graph, view: (await indexOf(graph)).at(now), human: humans[0]! }, humans);
  });
  await fc.assert(property, { numRuns: RUNS });
}

function inputOf(given: Case, humans: readonly string[], overrides: PlanInput['overrides'] = new Map()) {
  const { graph, view } = given;
  const others = reference.humansOf(graph).filter((id) => !humans.includes(id));
  const successor = others.find((id) => reference.isLive(graph, id)) ?? null;
  return { ...inputFor(given, overrides), together: humans.map((id) => view.numberOf(id)), successor };
}

/** The plan in which a person has decided all that was to review: to go on where that can be. */
function decided(given: Case, humans: readonly string[]) {
  const overrides = new Map<number, Override>();
  const said = { successor: null, managedIdentity: null, reason: 'tried' };
  const departure = departureOf(given.graph, humans, 'sensitive');
  for (const action of ['REHOME', 'RETIRE'] as const) {
    for (const decision of makePlan(inputOf(given, humans, overrides)).body.decisions) {
      if (decision.action !== 'REVIEW') continue;
      const goesOn = action === 'REHOME' && standsOn(departure, decision.entity);
      overrides.set(given.view.numberOf(decision.entity), { ...said, action: goesOn ? action : 'RETIRE' });
    }
  }
  return makePlan(inputOf(given, humans, overrides));
}

describe('a plan of several who leave together', () => {
  test('decides what the plain reading decides, and names them', async () => {
    await holdsTogether((given, humans) => {
      const { graph } = given;
      const { body, following } = makePlan(inputOf(given, humans));
      const wanted = decisionsOf(graph, humans, DEFAULT_POLICY, graph.now);
      expect(body.decisions.map(({ entity, action }) => [entity, action]).sort()).toEqual(
        [...wanted.decisions].map(([id, { action }]) => [id, action]).sort(),
      );
      expect([...following].sort()).toEqual([...wanted.follows.keys()].sort());
      expect([...body.accepted].sort()).toEqual([...wanted.accepted].sort());
      expect({ human: body.human, humans: [...body.humans!].sort() }).toEqual({
        human: null,
        humans: [...humans].sort(),
      });
    });
  });

  test('leaves nothing behind of any, breaks nothing that is to go on, and leaves somebody to answer', async () => {
    await holdsTogether((given, humans) => {
      const plan = decided(given, humans);
      if (plan.needsDecision.length > 0) return;
      const { graph, view } = given;
      const after = applied(graph, changesOf(plan), graph.now);
      expect(checkInvariants({ before: graph, after, human: humans, plan: summaryOf(plan) })).toEqual([]);
      const numbers = humans.map((id) => view.numberOf(id));
      const whole = applied(
        graph,
        plan.body.actions.flatMap(({ changes }) => changes),
        graph.now,
      );
      const left = reference.exposure(whole, humans).map(({ id }) => id);
      expect([...predict(view, numbers, plan).exposure].sort()).toEqual(left.sort());
    });
  });
});
