import { expect } from '@jest/globals';
import { idProblem } from '../../src/model/ids.js';
import { KINDS } from '../../src/model/kinds.js';
import { isAllowedPair, RELATIONSHIP_TYPES } from '../../src/model/relationships.js';
import type { SnapshotDocument } from '../../src/model/snapshot.js';

/** What every document must be for the import to take it. */
export function expectSound({ source, couldNotRead = [], entities, relationships }: SnapshotDocument): void {
  const kinds = new Map(entities.map((entity) => [entity.id, entity.kind]));
  expect(kinds.size).toBe(entities.length);
  expect(entities.map((entity) => idProblem(entity.id)).filter(Boolean)).toEqual([]);
  const wrong = relationships.filter((one) => {
    const [from, to] = [one.from, one.to].map((end) => (typeof end === 'string' ? kinds.get(end) : 'Human'));
    return from === undefined || to === undefined || !isAllowedPair(one.type, from, to);
  });
  expect(wrong).toEqual([]);
  const keys = relationships.map((one) => JSON.stringify([one.type, one.from, one.to, one.permission]));
  expect(new Set(keys).size).toBe(keys.length);
  // A source says that it looks for all that it reports, and could not read only what is a kind or a type.
  const told = new Set<string>([
    ...entities.map(({ kind }) => kind),
    ...relationships.map(({ type }) => type),
  ]);
  expect([...told].filter((word) => !source.reports?.includes(word))).toEqual([]);
  const words: readonly string[] = [...KINDS, ...RELATIONSHIP_TYPES];
  expect(couldNotRead.flatMap((one) => one.kinds).filter((word) => !words.includes(word))).toEqual([]);
  const accounts = couldNotRead.flatMap(({ account }) => account ?? []);
  expect(accounts.filter((id) => kinds.get(id) !== 'Account')).toEqual([]);
  expect(cyclic(relationships.filter((one) => one.type === 'CONTAINS'))).toEqual([]);
}

/** What is left when everything that nothing left contains has been taken away, again and again. */
function cyclic(edges: SnapshotDocument['relationships']): SnapshotDocument['relationships'] {
  const targets = new Set(edges.map((edge) => edge.to));
  const rest = edges.filter((edge) => targets.has(edge.from));
  return rest.length === edges.length ? rest : cyclic(rest);
}
