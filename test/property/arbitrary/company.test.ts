import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { SnapshotRelationship } from '../../../src/model/snapshot.js';
import { type PlainGraph, plainGraphOf } from '../../reference/plain-graph.js';
import { rowOf } from '../../reference/table.js';
import { type Company, companyArbitrary } from './company.js';

const companies = fc.sample(companyArbitrary(), { numRuns: 300, seed: 20261101 });

function graphOf({ documents, now }: Company): PlainGraph {
  return plainGraphOf(documents, now);
}

/** The relationships that a store has to accept: what a delta ends was reported before. */
function reported({ documents }: Company): readonly SnapshotRelationship[] {
  return documents.flatMap(({ relationships }) => relationships).filter(({ ended }) => ended !== true);
}

function isCyclic(graph: PlainGraph, type: string): boolean {
  const all = graph.relationships.filter((relationship) => relationship.type === type);
  const reaches = (from: string, to: string, steps: number): boolean =>
    steps > 0 &&
    all.some((edge) => edge.from === from && (edge.to === to || reaches(edge.to, to, steps - 1)));
  return all.some(({ from }) => reaches(from, from, 10));
}

describe('a generated company keeps the rules of an import', () => {
  test.each(companies.slice(0, 100).map((company, at) => [at, company] as const))(
    'company %i',
    (_at, company) => {
      const graph = graphOf(company);
      for (const { type, from, to } of graph.relationships) {
        const row = rowOf(type);
        expect(row.from).toContain(graph.entities.get(from)?.kind);
        expect(row.to).toContain(graph.entities.get(to)?.kind);
      }
      expect(isCyclic(graph, 'DELEGATED_TO')).toBe(false);
      expect(isCyclic(graph, 'CONTAINS')).toBe(false);
      // Two open claims of one key would have been merged into one.
      expect(graph.relationships).toHaveLength(reported(company).length);
      expect(
        doubled(graph.relationships.filter(({ type }) => type === 'GRANTED').map(({ to }) => to)),
      ).toEqual([]);
      expect(
        doubled(graph.relationships.filter(({ type }) => type === 'TO_APP').map(({ from }) => from)),
      ).toEqual([]);
      expect(adminConsents(graph)).toEqual([]);
      expect(new Set(company.starts).size).toBe(company.starts.length);
    },
  );

  test('a document names only what it or an earlier one brings', () => {
    for (const company of companies) {
      company.documents.forEach((_, at) => {
        expect(() => plainGraphOf(company.documents.slice(0, at + 1), company.now)).not.toThrow();
      });
    }
  });

  test('sizes, prefixes and shrinking', () => {
    const sizes = companies.map((company) => graphOf(company).entities.size);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(6);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(40);
    expect(Math.max(...sizes)).toBeGreaterThan(28);
    for (const company of fc.sample(companyArbitrary({ maxEntities: 12, idPrefix: 'two:' }), {
      numRuns: 50,
    })) {
      const graph = graphOf(company);
      expect(graph.entities.size).toBeLessThanOrEqual(12);
      for (const id of [...graph.entities.keys(), ...company.documents.map(({ source }) => source.id)]) {
        expect(id.startsWith('two:')).toBe(true);
      }
    }
  });

  test('what is found shrinks to little more than what it takes', () => {
    const opens = (company: Company, type: string) =>
      graphOf(company).relationships.filter(
        (relationship) => relationship.open && relationship.type === type,
      );
    const run = fc.check(
      fc.property(companyArbitrary(), (company) => opens(company, 'COPY_OF').length < 2),
      { seed: 7, numRuns: 200 },
    );
    const [smallest] = run.counterexample as [Company];
    const graph = graphOf(smallest);
    expect(opens(smallest, 'COPY_OF').length).toBeLessThanOrEqual(3);
    expect(graph.relationships.length).toBeLessThanOrEqual(6);
    expect(graph.entities.size).toBeLessThanOrEqual(12);
  });
});

function doubled(ids: readonly string[]): readonly string[] {
  return ids.filter((id, at) => ids.indexOf(id) !== at);
}

/** Consents for all that an account is said to have given. */
function adminConsents(graph: PlainGraph): readonly string[] {
  return graph.relationships
    .filter(({ type, from, to }) => {
      const grant = graph.entities.get(to);
      const forAll = grant?.grantType === 'DOMAIN_WIDE' || grant?.consentType === 'ALL_PRINCIPALS';
      return type === 'GRANTED' && graph.entities.get(from)?.kind === 'Account' && forAll;
    })
    .map(({ to }) => to);
}
