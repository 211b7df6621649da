import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { companyArbitrary } from '../property/arbitrary/company.js';
import {
  accessPaths,
  conflicts,
  continuity,
  cut,
  exposure,
  holdings,
  humansOf,
  orphans,
  type PlainGraph,
  plainGraphOf,
  spent,
  workloadsAtRisk,
} from './index.js';
import { accountsOf } from './person.js';

const companies = fc
  .sample(companyArbitrary(), { numRuns: 80, seed: 20261103 })
  .map(({ documents, now, starts }) => ({ graph: plainGraphOf(documents, now), starts }));

const questions = companies.flatMap(({ graph, starts }) => starts.map((start) => ({ graph, start })));

describe('what one answer says of another', () => {
  test('holdings are in the cut, the cut grows with the policy, continuity is at risk', () => {
    for (const { graph, start } of questions) {
      const held = [...holdings(graph, start)].filter((id) => !spent(graph).has(id));
      const [never, sensitive, always] = (['never', 'sensitive', 'always'] as const).map((policy) => [
        ...cut(graph, start, policy).keys(),
      ]);
      expect(never).toEqual(expect.arrayContaining(held));
      expect(sensitive).toEqual(expect.arrayContaining(never ?? []));
      expect(always).toEqual(expect.arrayContaining(sensitive ?? []));
      const atRisk = [...workloadsAtRisk(graph, start, 'sensitive')];
      expect(atRisk).toEqual(expect.arrayContaining([...continuity(graph, start).workloads]));
      for (const { workloads } of conflicts(graph, start, 'sensitive')) {
        expect(atRisk).toEqual(expect.arrayContaining([...workloads]));
      }
    }
  });

  test('a way of exposure that visits nothing twice is among the access paths, and none is shorter for a level of one', () => {
    let compared = 0;
    for (const { graph, start } of questions.slice(0, 60)) {
      if (graph.entities.get(start)?.kind !== 'Human') continue;
      for (const { id, path, distance } of exposure(graph, start)) {
        const simple = new Set([start, ...path.map(({ to }) => to)]).size === path.length + 1;
        const hasLevels = !['Group', 'Token', 'Secret', 'Job'].includes(graph.entities.get(id)?.kind ?? '');
        const [first] = accessPaths(graph, start, id, 1);
        if (simple) expect(first?.length).toBeLessThanOrEqual(distance);
        if (simple && !hasLevels) expect(first).toEqual(path);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(100);
  });
});

/** The graph with a person more, who has just this account in place of all others. */
function withSolePerson(graph: PlainGraph, account: string): PlainGraph {
  const others = graph.relationships.filter(({ type, to }) => type !== 'HAS_ACCOUNT' || to !== account);
  const known = {
    permission: 'READ',
    needs: 'WRITE',
    required: true,
    access: true,
    sustains: false,
  } as const;
  return {
    now: graph.now,
    entities: new Map([
      ...graph.entities,
      ['sole', { id: 'sole', kind: 'Human', status: 'ACTIVE', source: '' }],
    ]),
    relationships: [...others, { type: 'HAS_ACCOUNT', from: 'sole', to: account, open: true, ...known }],
  };
}

test('an account that at most one person has is asked about like a person who has just that', () => {
  let compared = 0;
  for (const { graph, start } of questions) {
    const holders = humansOf(graph).filter((human) => accountsOf(graph, new Set([human])).has(start));
    if (graph.entities.get(start)?.kind !== 'Account' || holders.length > 1) continue;
    const alone = withSolePerson(graph, start);
    const away = exposure(alone, 'sole').map((reach) => ({
      ...reach,
      distance: reach.distance - 1,
      path: reach.path.slice(1),
    }));
    expect(exposure(graph, start)).toEqual(away);
    expect(holdings(graph, start)).toEqual(holdings(alone, 'sole'));
    expect(orphans(graph, start)).toEqual(orphans(alone, 'sole'));
    expect(cut(graph, start, 'sensitive')).toEqual(cut(alone, 'sole', 'sensitive'));
    compared += 1;
  }
  expect(compared).toBeGreaterThan(30);
});
