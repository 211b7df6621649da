import { expect } from '@jest/globals';
import { idProblem } from '../../../src/model/ids.js';
import { isAllowedPair } from '../../../src/model/relationships.js';
import type { SnapshotDocument } from '../../../src/model/snapshot.js';

/** What every document must be for the import to take it. */
export function expectSound({ entities, relationships }: SnapshotDocument): void {
  const kinds = new Map(entities.map((entity) => [entity.id, entity.kind]));
  expect(kinds.size).toBe(entities.length);
  expect(entities.map((entity) => idProblem(entity.id)).filter(Boolean)).toEqual([]);
  const wrong = relationships.filter((one) => {
    const from = kinds.get(String(one.from));
    const to = kinds.get(String(one.to));
    return from === undefined || to === undefined || !isAllowedPair(one.type, from, to);
  });
  expect(wrong).toEqual([]);
  const keys = relationships.map((one) => JSON.stringify([one.type, one.from, one.to, one.permission]));
  expect(new Set(keys).size).toBe(keys.length);
  expect(cyclic(relationships.filter((one) => one.type === 'CONTAINS'))).toEqual([]);
}

/** What is left when everything that nothing left contains has been taken away, again and again. */
function cyclic(edges: SnapshotDocument['relationships']): SnapshotDocument['relationships'] {
  const targets = new Set(edges.map((edge) => edge.to));
  const rest = edges.filter((edge) => targets.has(edge.from));
  return rest.length === edges.length ? rest : cyclic(rest);
}
