import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { companyArbitrary } from '../property/arbitrary/company.js';
import { isEmpty } from '../property/arbitrary/documents.js';
import { type Draft, dayOf, exported, importDocuments, withStore } from './support.js';

/** What one snapshot of a small source says: which entities and relationships, and in which version. */
interface Said {
  readonly full: boolean;
  readonly entities: readonly (number | null)[];
  readonly relationships: readonly (number | null)[];
}

const ENTITIES = [
  { kind: 'Account', id: 'ada' },
  { kind: 'Account', id: 'bob' },
  { kind: 'Token', id: 'token' },
  { kind: 'Group', id: 'group' },
];
const RELATIONSHIPS = [
  { type: 'ISSUED', from: 'ada', to: 'token' },
  { type: 'MEMBER_OF', from: 'ada', to: 'group' },
  { type: 'MEMBER_OF', from: 'bob', to: 'group' },
  { type: 'KNOWS', from: 'bob', to: 'token' },
];

const version = fc.option(fc.nat({ max: 2 }), { freq: 2 });
const versions = (length: number) => fc.array(version, { minLength: length, maxLength: length });

const saidArbitrary = (mode: fc.Arbitrary<boolean>): fc.Arbitrary<Said> =>
  fc.record({
    full: mode,
    entities: versions(ENTITIES.length),
    relationships: versions(RELATIONSHIPS.length),
  });

/** A snapshot that can be imported before or after any other: its relationships are between what it reports. */
function documentOf({ full, entities, relationships }: Said, day: number): Draft {
  const reported = ENTITIES.flatMap((entity, at) => {
    const said = entities[at];
    if (said === null || said === undefined) return [];
    return [{ ...entity, name: `version ${said}`, ...(full || said > 0 ? {} : { ended: true }) }];
  });
  const ids = new Set(reported.map(({ id }) => id));
  const told = RELATIONSHIPS.flatMap((relationship, at) => {
    const said = relationships[at];
    if (said === null || said === undefined || !ids.has(relationship.from) || !ids.has(relationship.to))
      return [];
    return [{ ...relationship, evidence: `version ${said}`, ...(full || said > 0 ? {} : { ended: true }) }];
  });
  const source = { id: 'small', syncedAt: dayOf(day), reports: [] };
  return { source, mode: full ? 'full' : 'delta', entities: reported, relationships: told };
}

async function stateAfter(documents: readonly Draft[]): Promise<unknown> {
  return withStore(async (store) => {
    for (const document of documents) {
      // An empty snapshot of a source that has nothing is refused, whenever it comes.
      if (document.entities?.length === 0 && document.relationships?.length === 0) continue;
      await importDocuments(store, [document], { force: true });
    }
    const ids = ENTITIES.map(({ id }) => id);
    const entities = await store.entities(ids, Number.MAX_SAFE_INTEGER);
    const seen = entities.map((entity) => [entity?.name, entity?.status, entity?.firstSeenAt]);
    return { files: await exported(store), seen };
  });
}

function sameInAnyOrder(
  mode: fc.Arbitrary<boolean>,
  numRuns: number,
  { allThere = false } = {},
): Promise<void> {
  const said = saidArbitrary(mode).map((one) =>
    allThere ? { ...one, entities: one.entities.map((version) => (version ?? 0) + 1) } : one,
  );
  const snapshots = fc.array(said, { minLength: 2, maxLength: 5 });
  const shuffled = snapshots.chain((said) => {
    const documents = said.map((one, at) => documentOf(one, at + 1));
    const all = documents.map((_, at) => at);
    const order = fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
    return fc.record({ documents: fc.constant(documents), order });
  });
  return fc.assert(
    fc.asyncProperty(shuffled, async ({ documents, order }) => {
      const expected = await stateAfter(documents);
      const got = await stateAfter(order.map((at) => documents[at] as Draft));
      expect(got).toEqual(expected);
    }),
    { numRuns },
  );
}

describe('the order of imports', () => {
  test('of full snapshots of one source does not matter', async () => {
    await sameInAnyOrder(fc.constant(true), 120);
  });

  test('of deltas of one source does not matter', async () => {
    await sameInAnyOrder(fc.constant(false), 80);
  });

  test('of full snapshots and deltas of one source does not matter while nothing vanishes', async () => {
    await sameInAnyOrder(fc.boolean(), 80, { allThere: true });
  });

  test('of different sources does not matter, where each can be imported', async () => {
    await fc.assert(
      fc.asyncProperty(companyArbitrary({ maxEntities: 20 }), fc.boolean(), async (company, together) => {
        const documents = company.documents.filter((document) => !isEmpty(document));
        const { now } = company;
        const [one, other] = [documents, [...documents].reverse()];
        const state = (order: typeof documents) =>
          withStore(async (store) => {
            const sources = new Set(order.map(({ source }) => source.id));
            // A small company may well lose more than half of a source at once.
            const how = { now, force: true };
            if (sources.size === order.length && together) await importDocuments(store, order, how);
            else for (const document of documents) await importDocuments(store, [document], how);
            return exported(store);
          });
        expect(await state(other)).toEqual(await state(one));
      }),
      { numRuns: 30 },
    );
  });
});
