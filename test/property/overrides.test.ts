import { describe, expect, test } from '@jest/globals';
import { TendrilError } from '../../src/model/errors.js';
import type { Override } from '../../src/offboarding/decide/overrides.js';
import { successorOf } from '../../src/offboarding/decide/successor.js';
import { makePlan } from '../../src/offboarding/plan/offboarding/make-plan.js';
import * as reference from '../reference/index.js';
import {
  DEFAULT_POLICY,
  decisionsOf,
  departureOf,
  Refused,
  refusalOf,
  successorFor,
} from '../reference/offboarding/index.js';
import { factsOf } from '../support/plan-on-plain.js';
import { type Case, holds, inputFor, RUNS } from './leavers.js';

// Every decision that could be taken is judged by the plain reading, which takes its time.
const FEWER = Math.ceil(RUNS / 5);

const ACTIONS = ['REHOME', 'RETIRE', 'TRANSFER'] as const;

/** What somebody gives, or that it is refused as bad input. */
function orRefused<T>(ask: () => T): T | 'refused' {
  try {
    return ask();
  } catch (error) {
    const refused = error instanceof Refused || (error instanceof TendrilError && error.code === 'BAD_INPUT');
    if (!refused) throw error;
    return 'refused';
  }
}

describe('whoever takes over', () => {
  test('is who was named, if that can be, and else the nearest above who is free', async () => {
    await holds(({ graph, view, human }) => {
      const humans = reference.humansOf(graph);
      const facts = factsOf(graph, view);
      const something = [...graph.entities.keys()].find((id) => !humans.includes(id));
      for (const asked of [null, 'nobody', something ?? 'nothing', ...humans]) {
        for (const busy of [0, 1, 2]) {
          const openCases = new Set(humans.filter((_, at) => busy > 0 && at % 2 === busy - 1));
          const got = orRefused(() =>
            successorOf({
              view,
              humans: [view.numberOf(human)],
              asked,
              openCases,
              statusOf: (who) => facts.recordOf(who).status,
            }),
          );
          const ofPlan = asked ?? undefined;
          expect(got).toBe(orRefused(() => successorFor({ graph, human, ofPlan, openCases }) ?? null));
        }
      }
    });
  });
});

describe('what a person decides', () => {
  test('is refused where the plain reading refuses it, and judged anew where it does not', async () => {
    await holds((given) => {
      for (const entity of thingsOf(given)) for (const action of ACTIONS) check(given, entity, action);
    }, FEWER);
  });

  test('names a successor who can be one', async () => {
    await holds((given) => {
      const [decision] = makePlan(inputFor(given)).body.decisions;
      if (decision === undefined) return;
      for (const successor of ['nobody', ...reference.humansOf(given.graph)]) {
        check(given, decision.entity, 'RETIRE', successor);
      }
    }, FEWER);
  });
});

/** Everything that is decided, and two things that are not. */
function thingsOf(given: Case): string[] {
  const decided = makePlan(inputFor(given)).body.decisions.map(({ entity }) => entity);
  const others = [...given.graph.entities.keys()].filter((id) => !decided.includes(id));
  return [...decided, ...others.slice(0, 2)];
}

function check(given: Case, entity: string, action: (typeof ACTIONS)[number], successor?: string): void {
  const { graph, view, human } = given;
  const override: Override = { action, successor: successor ?? null, managedIdentity: null, reason: 'tried' };
  const input = inputFor(given, new Map([[view.numberOf(entity), override]]));
  const got = orRefused(() =>
    makePlan(input).body.decisions.map((decision) => [decision.entity, decision.action]),
  );
  const plain = { entity, action, ...(successor === undefined ? {} : { successor }) };
  const refusal = refusalOf(departureOf(graph, human, 'sensitive'), plain);
  const wanted =
    refusal === undefined
      ? decisionsOf(graph, human, DEFAULT_POLICY, graph.now, [plain]).decisions
      : undefined;
  expect(got === 'refused' ? got : Object.fromEntries(got)).toEqual(
    wanted === undefined
      ? 'refused'
      : Object.fromEntries([...wanted].map(([id, decision]) => [id, decision.action])),
  );
}
