import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { makePlan } from '../../src/offboarding/plan/offboarding/make-plan.js';
import { predict } from '../../src/offboarding/plan/prediction.js';
import { BUILT_INTO_PLANS } from '../reference/built.js';
import * as reference from '../reference/index.js';
import { checkInvariants, DEFAULT_POLICY, decisionsOf } from '../reference/offboarding/index.js';
import { broken, stopped, workloadsOf } from '../reference/stopped.js';
import { indexInSteps, indexOf } from '../support/plain-index.js';
import { applied, changesOf, defaultPolicy, summaryOf } from '../support/plan-on-plain.js';
import { companyArbitrary } from './arbitrary/company.js';
import { decidedPlan, holds, inputFor, RUNS } from './leavers.js';

/** What is asked of both orders of phases, or of three policies, is asked of fewer companies. */
const FEWER = Math.ceil(RUNS / 5);

describe('plans', () => {
  test('predict the graph that carrying them out gives', async () => {
    await holds((given) => {
      const plan = decidedPlan(given);
      if (plan.needsDecision.length > 0) return;
      const { graph, view, human } = given;
      const changes = plan.body.actions.flatMap((action) => action.changes);
      const after = applied(graph, changes, graph.now);
      const prediction = predict(view, [view.numberOf(human)], plan);
      expect([...prediction.exposure].sort()).toEqual(
        reference
          .exposure(after, human)
          .map(({ id }) => id)
          .sort(),
      );
      const works = (of: reference.PlainGraph) =>
        workloadsOf(of).filter((id) => reference.isLive(of, id) && !broken(of, stopped(of)).has(id));
      const [before, then] = [works(graph), works(after)];
      expect([...prediction.broken].sort()).toEqual(before.filter((id) => !then.includes(id)).sort());
    });
  });

  test('decide what the plain reading of the rules decides', async () => {
    await holds((given) => {
      const { graph, human } = given;
      const { body, following } = makePlan(inputFor(given));
      const wanted = decisionsOf(graph, human, DEFAULT_POLICY, graph.now);
      const got = body.decisions.map(({ entity, action, rule, guard }) => [
        entity,
        { action, rule: String(rule), guarded: guard !== null },
      ]);
      const plain = [...wanted.decisions].map(([id, { action, rule, guards }]) => [
        id,
        { action, rule, guarded: guards.length > 0 },
      ]);
      expect(Object.fromEntries(got)).toEqual(Object.fromEntries(plain));
      expect([...following].sort()).toEqual([...wanted.follows.keys()].sort());
      expect([...body.accepted].sort()).toEqual([...wanted.accepted].sort());
    });
  });

  test('leave nothing behind, break nothing that is to go on, and leave somebody to answer', async () => {
    await holds((given) => {
      const plan = decidedPlan(given);
      if (plan.needsDecision.length > 0) return;
      const after = applied(given.graph, changesOf(plan), given.graph.now);
      const violations = checkInvariants({
        before: given.graph,
        after,
        human: given.human,
        plan: summaryOf(plan),
      });
      expect(violations).toEqual([]);
    });
  });

  test('say of every action by which path it came about', async () => {
    await holds((given) => {
      const { body, because } = decidedPlan(given);
      for (const { id, kind } of body.actions) {
        const path = because.get(id) ?? [];
        const mustSay = ['REVOKE_TOKEN', 'REVOKE_GRANT', 'ROTATE_SECRET', 'DISABLE_ACCOUNT', 'LOCK_ACCOUNT'];
        if (path.length === 0 && !mustSay.includes(kind)) continue;
        expect({ id, first: path.at(0)?.from }).toEqual({ id, first: given.human });
      }
    }, FEWER);
  });

  test('list the workloads that stop until they are provided for, if security comes first', async () => {
    await holds((given) => {
      const plan = decidedPlan(given, { mode: 'SECURITY_FIRST' });
      const { graph } = given;
      const changes = (phases: readonly number[]) =>
        plan.body.actions.filter(({ phase }) => phases.includes(phase)).flatMap((action) => action.changes);
      const works = (of: reference.PlainGraph) =>
        workloadsOf(of).filter((id) => reference.isLive(of, id) && !broken(of, stopped(of)).has(id));
      const gone = works(applied(graph, changes([1, 3, 4]), graph.now));
      const made = works(applied(graph, changes([1, 3, 4, 2]), graph.now));
      const wanted = works(graph).filter((id) => !gone.includes(id) && made.includes(id));
      expect([...plan.downtime].sort()).toEqual(wanted.sort());
    }, FEWER);
  });

  test('rotate or note every secret that could have been read', async () => {
    await holds((given) => {
      const { graph, human } = given;
      for (const rotateReadable of ['never', 'sensitive', 'always'] as const) {
        const policy = { ...defaultPolicy, rotateReadable };
        const { body, noted } = makePlan({ ...inputFor(given), policy });
        const rotated = body.actions
          .filter(({ kind }) => kind === 'ROTATE_SECRET')
          .map(({ entity }) => entity);
        const readable = reference.exposure(graph, human).map(({ id }) => id);
        const secrets = readable.filter((id) => graph.entities.get(id)?.kind === 'Secret');
        const left = secrets.filter((id) => !rotated.includes(id));
        expect(noted.map(({ entity }) => entity).sort()).toEqual(left.sort());
        if (rotateReadable === 'always') expect(left).toEqual([]);
      }
    }, FEWER);
  });

  test('are the same bytes however the graph is stored', async () => {
    const property = fc.asyncProperty(
      companyArbitrary({ built: BUILT_INTO_PLANS }),
      async ({ documents, now }) => {
        const graph = reference.plainGraphOf(documents, now);
        const shuffled = { ...graph, relationships: [...graph.relationships].reverse() };
        const one = (await indexOf(graph)).at(now);
        const other = (await indexInSteps(shuffled)).at(now);
        for (const human of reference.humansOf(graph)) {
          const plan = makePlan(inputFor({ graph, view: one, human }));
          expect(makePlan(inputFor({ graph: shuffled, view: other, human })).body).toEqual(plan.body);
        }
      },
    );
    await fc.assert(property, { numRuns: RUNS });
  });
});
