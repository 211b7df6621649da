import { describe, expect, test } from '@jest/globals';
import type { WholeView } from '../../../src/graph/graph-state.js';
import { MemoryIndex } from '../../../src/graph/memory/memory-index.js';
import type { GraphView } from '../../../src/graph/view.js';
import { loadDemo } from '../../../src/main/demo.js';
import { badInput } from '../../../src/model/errors.js';
import { type FactStore, withFacts } from '../../../src/offboarding/plan/facts.js';
import { makePlan, type PlanInput } from '../../../src/offboarding/plan/offboarding/make-plan.js';
import type { Store } from '../../../src/store/store.js';
import { importDocuments, withStore } from '../../import/support.js';
import { ofKind } from '../../scenarios/demo-company.js';
import { defaultPolicy, nothingKnown } from '../../support/plan-on-plain.js';

/** When the stories of the demo company are told. */
const NOW = Date.parse('2026-11-23T09:00:00.000Z');

/** A store that counts what it is asked. */
function counting(store: Store): { store: FactStore; calls: () => number } {
  let calls = 0;
  const counted = <A extends unknown[], R>(ask: (...given: A) => R) => {
    return (...given: A): R => {
      calls += 1;
      return ask(...given);
    };
  };
  return {
    store: {
      entitiesByNumber: counted((numbers, at) => store.entitiesByNumber(numbers, at)),
      relationships: counted((keys, at) => store.relationships(keys, at)),
      sources: counted((at) => store.sources(at)),
    },
    calls: () => calls,
  };
}

async function viewOf(store: Store): Promise<WholeView> {
  const { revision } = await store.head();
  return (await MemoryIndex.load(revision, store.scan(0, revision))).at(NOW);
}

function inputOf(view: GraphView, human: string): Omit<PlanInput, 'facts'> {
  return {
    view,
    human: view.numberOf(human),
    policy: defaultPolicy,
    policyHash: 'policy',
    known: nothingKnown,
    evaluatedAt: NOW,
    mode: 'SECURITY_FIRST',
    lastWorkingDay: null,
    successor: null,
    openCases: new Set(),
    overrides: new Map(),
  };
}

describe('facts of a store', () => {
  test('plan every leaver of the demo company in few round trips', async () => {
    await withStore(async (store) => {
      await loadDemo(store, { now: () => NOW });
      const view = await viewOf(store);
      for (const { id } of ofKind('Human')) {
        const { store: counted, calls } = counting(store);
        const plan = await withFacts(counted, view, (_, facts) => makePlan({ ...inputOf(view, id), facts }));
        expect(plan.body.actions.length).toBeGreaterThan(0);
        expect(calls()).toBeLessThanOrEqual(8);
      }
    });
  });

  test('are those of the revision that the view shows, with what relationships say', async () => {
    await withStore(async (store) => {
      const source = { id: 'hr', syncedAt: '2026-05-01T00:00:00.000Z' };
      const entities = [
        { kind: 'Account', id: 'a', name: 'before', status: 'ACTIVE' },
        { kind: 'Resource', id: 'r', name: 'r', status: 'ACTIVE' },
      ];
      const access = { type: 'CAN_ACCESS', from: 'a', to: 'r', permission: 'WRITE', scopes: ['repo'] };
      await importDocuments(store, [{ source, mode: 'full', entities, relationships: [access] }]);
      const view = await viewOf(store);
      const renamed = { kind: 'Account', id: 'a', name: 'after', status: 'ACTIVE' };
      const later = { id: 'hr', syncedAt: '2026-05-02T00:00:00.000Z' };
      await importDocuments(store, [
        { source: later, mode: 'delta', entities: [renamed], relationships: [] },
      ]);
      const found = await withFacts(store, view, (_, facts) => ({
        name: facts.recordOf(view.numberOf('a')).name,
        source: facts.sourceId(view.sourceOf(view.numberOf('r'))),
        details: facts.detailsOf({ type: 'CAN_ACCESS', from: 'a', to: 'r', permission: 'WRITE' }),
      }));
      expect(found).toEqual({ name: 'before', source: 'hr', details: { scopes: ['repo'] } });
    });
  });

  test('let an error out only when nothing was lacking', async () => {
    await withStore(async (store) => {
      await loadDemo(store, { now: () => NOW });
      const view = await viewOf(store);
      const human = view.numberOf(ofKind('Human')[0]!.id);
      const asked = withFacts(store, view, (_, facts) => {
        const { name } = facts.recordOf(human);
        throw badInput(`not ${name}`);
      });
      await expect(asked).rejects.toMatchObject({ message: `not ${ofKind('Human')[0]!.name}` });
    });
  });
});
