import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { companyArbitrary } from '../../property/arbitrary/company.js';
import { continuity, orphans, plainGraphOf } from '../index.js';
import { decidedAs } from './actions.js';
import { cascadeOf } from './cascade.js';
import { actionsOf, decisionsOf } from './decisions.js';
import { departureOf } from './departure.js';
import { needsReissue } from './needs-reissue.js';
import { DEFAULT_POLICY } from './policy.js';
import { parentsOf } from './reissuable.js';
import { hangsOn, standsOn } from './stands-on.js';

const companies = fc
  .sample(companyArbitrary(), { numRuns: 400, seed: 20261104 })
  .map(({ documents, now, starts }) => ({ graph: plainGraphOf(documents, now), starts }));

const departures = companies.flatMap(({ graph, starts }) =>
  starts
    .filter((start) => graph.entities.get(start)?.kind === 'Human')
    .map((human) => ({
      departure: departureOf(graph, human, DEFAULT_POLICY.rotateReadable),
      answer: decisionsOf(graph, human, DEFAULT_POLICY, graph.now),
    })),
);

describe('decisions on arbitrary companies', () => {
  test('the rules by themselves never break a workload that is to go on', () => {
    for (const { answer } of departures) expect([...answer.accepted]).toEqual([]);
  });

  test('every decision is of something in question, and none transfers what stands on the person', () => {
    const seen = new Map<string, number>();
    for (const { departure, answer } of departures) {
      for (const [id, { action, guards }] of answer.decisions) {
        expect(['App', 'Job', 'ServiceIdentity']).toContain(departure.graph.entities.get(id)?.kind);
        if (action === 'TRANSFER') expect(standsOn(departure, id)).toBe(false);
        if (action === 'REHOME') expect(standsOn(departure, id)).toBe(true);
        for (const name of [action, ...guards]) seen.set(name, (seen.get(name) ?? 0) + 1);
      }
    }
    // The companies are worth asking about: everything that can be decided was.
    const all = [
      'BREAKS_OTHERS',
      'GRANT_OF_OTHERS',
      'OWNER_ANSWERS',
      'REHOME',
      'RETIRE',
      'REVIEW',
      'TRANSFER',
    ];
    expect([...seen.keys()].sort()).toEqual(expect.arrayContaining(all));
  });

  test('every workload of continuity is decided or follows one that breaks, never both', () => {
    for (const { departure, answer } of departures) {
      const { workloads } = continuity(departure.graph, [...departure.humans]);
      for (const id of workloads) {
        expect(answer.decisions.has(id)).not.toBe(answer.follows.has(id));
        for (const leader of answer.follows.get(id) ?? []) {
          expect(workloads.has(leader) || hangsOn(departure, leader)).toBe(true);
        }
        if (answer.follows.has(id)) expect(answer.follows.get(id)).not.toEqual([]);
      }
    }
  });

  test('orphans that run are all decided', () => {
    for (const { departure, answer } of departures) {
      for (const id of orphans(departure.graph, [...departure.humans])) {
        const kind = departure.graph.entities.get(id)?.kind;
        if (kind === 'App' || kind === 'Job') expect(answer.decisions.has(id)).toBe(true);
      }
    }
  });

  test('what is reissued has an issuer that will be there', () => {
    let reissues = 0;
    for (const { departure, answer } of departures) {
      const retired = decidedAs(actionsOf(answer.decisions), 'RETIRE');
      const all = needsReissue(departure, retired);
      for (const { byReplacementOf } of all.values()) {
        if (byReplacementOf !== undefined) expect(all.has(byReplacementOf)).toBe(true);
        reissues += 1;
      }
    }
    expect(reissues).toBeGreaterThan(10);
  });
});

test('in every cascade a token comes after those of its parents that are in it', () => {
  for (const { graph } of companies) {
    for (const [id, { kind }] of graph.entities) {
      if (kind !== 'Token' && kind !== 'Grant' && kind !== 'Account' && kind !== 'App') continue;
      const order = cascadeOf(graph, id);
      expect(new Set(order).size).toBe(order.length);
      for (const [at, ended] of order.entries()) {
        for (const parent of parentsOf(graph, ended)) expect(order.slice(at)).not.toContain(parent);
      }
    }
  }
});
