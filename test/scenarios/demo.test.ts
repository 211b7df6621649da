import { describe, expect, test } from '@jest/globals';
import {
  blindSpots,
  conflicts,
  continuity,
  cut,
  exposure,
  orphans,
  plainGraphOf,
  reportsOf,
} from '../reference/index.js';
import { demoDocuments, entities, ofKind } from './demo-company.js';
import { scenarios } from './scenario.js';

const POLICY = 'sensitive';
const PERMISSION_LEVELS = { READ: 1, WRITE: 2, ADMIN: 3 } as const;

const sorted = <T>(items: Iterable<T>) =>
  [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

test('ten leavers and more are worked out by hand', () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(10);
});

describe.each(scenarios)('$title', (scenario) => {
  const graph = plainGraphOf(demoDocuments, Date.parse(scenario.clock));
  const asked = scenario.start;
  const start = typeof asked === 'string' ? (ofKind('Human', { email: asked })[0]?.id ?? asked) : asked;

  test('names nothing that is not there', () => {
    const named = [
      ...[...scenario.exposure, ...scenario.cut, ...scenario.conflicts].map(({ id }) => id),
      ...[...scenario.notExposed, ...scenario.continuity, ...scenario.orphans],
      ...scenario.blindSpots.map(({ account }) => account),
      ...scenario.conflicts.flatMap(({ workloads }) => workloads),
    ];
    expect(named.filter((id) => !entities.has(id))).toEqual([]);
  });

  test('what can still be used', () => {
    const reached = new Map(exposure(graph, start).map(({ id, level }) => [id, level]));
    for (const { id, permission, held } of scenario.exposure) {
      expect([id, reached.has(id)]).toEqual([id, true]);
      if (permission) expect([id, reached.get(id)]).toEqual([id, PERMISSION_LEVELS[permission]]);
      if (held !== undefined) expect([id, reached.get(id) === 2]).toEqual([id, held]);
    }
    expect(scenario.notExposed.filter((id) => reached.has(id))).toEqual([]);
  });

  test('what stops working', () => {
    expect(sorted(continuity(graph, start).workloads)).toEqual(sorted(scenario.continuity));
  });

  test('what nobody answers for any more', () => {
    expect(sorted(orphans(graph, start))).toEqual(sorted(scenario.orphans));
  });

  test('what must end', () => {
    const found = [...cut(graph, start, POLICY)].map(([id, { foreign }]) => ({ id, foreign }));
    expect(sorted(found)).toEqual(sorted(scenario.cut));
  });

  test('what must end and is needed', () => {
    const found = conflicts(graph, start, POLICY).map(({ id, resolution, workloads }) => ({
      ...{ id, resolution },
      workloads: sorted(workloads),
    }));
    expect(sorted(found)).toEqual(sorted(scenario.conflicts));
  });

  test('where nobody looked', () => {
    expect(blindSpots(graph, start, reportsOf(demoDocuments))).toEqual(scenario.blindSpots);
  });
});
