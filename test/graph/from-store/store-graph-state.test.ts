import { describe, expect, test } from '@jest/globals';
import { FETCH_LIMITS, type FetchLimits } from '../../../src/graph/from-store/store-graph-state.js';
import { StoreGraphProvider } from '../../../src/graph/from-store/store-provider.js';
import { openMemoryProvider } from '../../../src/graph/memory/memory-provider.js';
import { radiiOf } from '../../../src/graph/radii/radii.js';
import type { GraphView } from '../../../src/graph/view.js';
import { MAX_FRONTIER } from '../../../src/model/flow.js';
import type { Store } from '../../../src/store/store.js';
import { document, importDocuments, NOW, withStore } from '../../import/support.js';

/** More tokens than one expansion starts from. */
const TOKENS = MAX_FRONTIER + 500;

/** A person with an account that issued many tokens, each for a resource of its own. */
function hoarder() {
  const all = Array.from({ length: TOKENS }, (_, at) => at);
  return document(
    'it',
    1,
    [
      { kind: 'Human', id: 'h', name: 'h' },
      { kind: 'Account', id: 'a', name: 'a' },
      ...all.flatMap((at) => [
        { kind: 'Token' as const, id: `t${at}`, name: 't' },
        { kind: 'Resource' as const, id: `r${at}`, name: 'r' },
      ]),
    ],
    [
      { type: 'HAS_ACCOUNT', from: 'h', to: 'a' },
      ...all.flatMap((at) => [
        { type: 'ISSUED' as const, from: 'a', to: `t${at}` },
        { type: 'CAN_ACCESS' as const, from: `t${at}`, to: `r${at}` },
      ]),
    ],
  );
}

async function withHoarder(
  limits: Partial<FetchLimits>,
  work: (given: {
    graphs: StoreGraphProvider;
    start: number;
    frontiers: number[];
    store: Store;
  }) => Promise<void>,
): Promise<void> {
  await withStore(async (store) => {
    await importDocuments(store, [hoarder()]);
    const [human] = await store.entities(['h'], 1);
    const frontiers: number[] = [];
    const counted = {
      head: () => store.head(),
      revisionAt: (at: number) => store.revisionAt(at),
      entities: (...asked: Parameters<Store['entities']>) => store.entities(...asked),
      expand: (...asked: Parameters<Store['expand']>) => {
        frontiers.push(asked[0].length);
        return store.expand(...asked);
      },
    };
    const graphs = new StoreGraphProvider(counted, { ...FETCH_LIMITS, ...limits });
    await work({ graphs, start: human!.number, frontiers, store });
  });
}

const exposed = (start: number) => (view: GraphView) =>
  radiiOf(view, start, { rotateReadable: 'never' }).exposure.members.map(({ entity }) => entity);

describe('a question that is answered in the store', () => {
  test('is asked of bounded frontiers, and of what is needed only', () =>
    withHoarder({}, async ({ graphs, start, frontiers, store }) => {
      const graphState = await graphs.current(NOW);
      const found = await graphState.query(exposed(start));
      expect(found).toEqual(exposed(start)(await openMemoryProvider(store).current(NOW)));
      expect(found).toHaveLength(2 * TOKENS + 1);
      expect(Math.max(...frontiers)).toBe(MAX_FRONTIER);
      // A step of the walk a time, and what is asked twice is read once.
      expect(frontiers.length).toBeLessThan(12);
      const before = frontiers.length;
      expect(await graphState.query(exposed(start))).toEqual(found);
      expect(frontiers).toHaveLength(before);
      expect(graphState.leftOut).toBeNull();
    }));

  test.each<[Partial<FetchLimits>, keyof FetchLimits]>([
    [{ fetchedRows: 1000 }, 'fetchedRows'],
    [{ expansions: 3 }, 'expansions'],
    [{ fetchMillis: 0 }, 'fetchMillis'],
  ])('stops at its limit %j: a part that says so, or none', (limits, name) =>
    withHoarder(limits, async ({ graphs, start, frontiers }) => {
      const graphState = await graphs.current(NOW);
      const part = await graphState.queryInPart(exposed(start));
      expect(part.length).toBeLessThan(2 * TOKENS + 1);
      expect(graphState.leftOut).toContain(String(limits[name]));
      expect(graphState.leftOut).toContain('TENDRIL_INDEX=memory');
      const read = frontiers.length;
      expect(await graphState.queryInPart(exposed(start))).toEqual(part);
      await expect(graphState.query(exposed(start))).rejects.toMatchObject({
        code: 'LIMIT_EXCEEDED',
        details: { limit: name, value: limits[name] },
      });
      expect(frontiers).toHaveLength(read);
      // What was read is enough for what needs no more than that.
      expect(await graphState.query((view) => view.revision)).toBe(1);
    }),
  );

  test('ends when nobody wants it any more, and can be asked again', () =>
    withHoarder({}, async ({ graphs, start, frontiers }) => {
      const graphState = await graphs.current(NOW);
      const guard = () => {
        if (frontiers.length === 2) throw new Error('no longer wanted');
      };
      await expect(graphState.query(exposed(start), guard)).rejects.toThrow('no longer wanted');
      expect(frontiers).toHaveLength(2);
      expect(await graphState.query(exposed(start))).toHaveLength(2 * TOKENS + 1);
    }));

  test('fails as the question does, once nothing is missing', () =>
    withHoarder({}, async ({ graphs, start }) => {
      const graphState = await graphs.current(NOW);
      const failing = (view: GraphView) => {
        if (exposed(start)(view).length > TOKENS) throw new Error('too many for me');
        return 0;
      };
      await expect(graphState.query(failing)).rejects.toThrow('too many for me');
    }));
});
