import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { KINDS, STATUS_CODES } from '../../../src/model/kinds.js';
import { RELATIONSHIP_TYPES } from '../../../src/model/relationships.js';
import { planCascade } from '../../../src/offboarding/plan/cascade/plan-cascade.js';
import { makePlan } from '../../../src/offboarding/plan/offboarding/make-plan.js';
import { ACTION_KINDS, MODES, PLAN_VERSION, type PlanBody } from '../../../src/offboarding/plan/plan.js';
import { planSchemaOf } from '../../../src/offboarding/plan/plan-schema.js';
import { decidedPlan, holds, inputFor, RUNS } from '../../property/leavers.js';
import { factsOf, nothingKnown } from '../../support/plan-on-plain.js';

const FILE = fileURLToPath(new URL('../../../../schema/plan.schema.json', import.meta.url));
const schema = JSON.parse(readFileSync(FILE, 'utf8')) as Node;

interface Node {
  readonly [name: string]: unknown;
}

const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false });
addFormats.default(ajv);
const isPlan = ajv.compile<PlanBody>(schema);

/** What is done to one thing of a kind. */
const KIND_OF: Readonly<Record<string, 'REVOKE' | 'ROTATE' | 'RETIRE'>> = {
  Token: 'REVOKE',
  Account: 'REVOKE',
  App: 'RETIRE',
  Job: 'RETIRE',
  Secret: 'ROTATE',
};

/** Every part of the schema that describes a value by its properties, and the way to it. */
function* objects(node: unknown, way = '#'): Generator<[string, Node]> {
  if (typeof node !== 'object' || node === null) return;
  if ('additionalProperties' in node) yield [way, node as Node];
  for (const [name, part] of Object.entries(node)) yield* objects(part, `${way}/${name}`);
}

describe('schema/plan.schema.json', () => {
  test('takes every plan that is made, in both orders of phases', async () => {
    await holds(
      (given) => {
        for (const mode of MODES) {
          for (const plan of [makePlan({ ...inputFor(given), mode }), decidedPlan(given, { mode })]) {
            const body = JSON.parse(JSON.stringify(plan.body)) as unknown;
            if (!isPlan(body)) throw new Error(ajv.errorsText(isPlan.errors));
          }
        }
      },
      Math.ceil(RUNS / 5),
    );
  });

  test('takes every plan of one thing', async () => {
    await holds(
      ({ graph, view }) => {
        const facts = factsOf(graph, view);
        for (const { id: target, kind } of graph.entities.values()) {
          const about = KIND_OF[kind];
          if (about === undefined) continue;
          const input = { view, facts, known: nothingKnown, evaluatedAt: graph.now, successor: null };
          const { body } = planCascade({ ...input, about: { kind: about, target } });
          if (!isPlan(JSON.parse(JSON.stringify(body)))) throw new Error(ajv.errorsText(isPlan.errors));
        }
      },
      Math.ceil(RUNS / 25),
    );
  });

  test('refuses what is no plan', async () => {
    await holds((given) => {
      const { body } = makePlan(inputFor(given));
      expect(isPlan({ ...body, version: PLAN_VERSION + 1 })).toBe(false);
      expect(isPlan({ ...body, note: 'not hashed' })).toBe(false);
      for (const name of Object.keys(body)) {
        const { [name]: _left, ...rest } = body as unknown as Record<string, unknown>;
        expect(isPlan(rest)).toBe(false);
      }
      const [action] = body.actions;
      expect(isPlan({ ...body, actions: [{ ...action, details: { more: 1 } }] })).toBe(false);
    }, 20);
  });

  test('describes every property', () => {
    const plain = [...objects(schema)].flatMap(([way, { properties }]) =>
      Object.entries(properties as Record<string, Node>)
        .filter(([, property]) => typeof property.description !== 'string')
        .map(([name]) => `${way}/${name}`),
    );
    expect(plain).toEqual([]);
  });

  test('has the kinds of action and their details from the code (npm run schema writes them)', () => {
    const committed = schema as unknown as Parameters<typeof planSchemaOf>[0];
    expect(JSON.parse(JSON.stringify(planSchemaOf(committed)))).toEqual(schema);
  });

  test('knows the words of the model', () => {
    const text = JSON.stringify(schema);
    for (const words of [KINDS, STATUS_CODES, RELATIONSHIP_TYPES, ACTION_KINDS]) {
      expect(text).toContain(`"enum":${JSON.stringify(words)}`);
    }
  });
});
