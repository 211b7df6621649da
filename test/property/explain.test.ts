import { describe, expect, test } from '@jest/globals';
import { explain } from '../../src/offboarding/plan/explain.js';
import { makePlan } from '../../src/offboarding/plan/offboarding/make-plan.js';
import { subjectOf } from '../../src/offboarding/plan/policy-subject.js';
import { DEFAULT_POLICY } from '../reference/offboarding/index.js';
import { defaultPolicy, factsOf } from '../support/plan-on-plain.js';
import { holds, inputFor, RUNS } from './leavers.js';

describe('explaining a policy', () => {
  test('says of everything what the plan decides, or why nothing is decided', async () => {
    await holds(
      (given) => {
        const { graph, view, human } = given;
        const facts = factsOf(graph, view);
        const { body, following } = makePlan(inputFor(given));
        for (const id of graph.entities.keys()) {
          const said = explain({
            view,
            human: view.numberOf(human),
            entity: view.numberOf(id),
            policy: defaultPolicy,
            subjectOf: (entity) => subjectOf(facts, entity),
            evaluatedAt: graph.now,
          });
          const planned = body.decisions.find(({ entity }) => entity === id);
          expect(said.decision?.action).toBe(planned?.action);
          expect(said.decision === null).toBe(said.notDecided !== null);
          expect(said.guard === null).toBe((planned?.guard ?? null) === null);
          if (following.includes(id)) expect(said.notDecided).toContain('follows it');
          if (planned === undefined) continue;
          expect(said.rules.map(({ rule }) => String(rule))).toEqual(
            DEFAULT_POLICY.rules.slice(0, planned.rule).map(({ name }) => name),
          );
          expect(said.rules.map(({ matches }) => matches).lastIndexOf(true)).toBe(planned.rule - 1);
          expect(said.rules.filter(({ matches }) => matches)).toHaveLength(1);
        }
      },
      Math.ceil(RUNS / 25),
    );
  });
});
