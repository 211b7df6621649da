import { describe, expect, test } from '@jest/globals';
import { eventHash, NO_HASH } from '../../src/model/audit.js';
import { formatTime } from '../../src/model/time.js';
import { commit, DAY, factOf, type Open, on, putNew, T0 } from './fixtures.js';

/** The audit chain, and what an engine says of itself. */
export function audit(open: Open): void {
  describe('audit', () => {
    test(
      'events are chained over commits in the order given, and each hash holds',
      on(open, async ({ store }) => {
        const detail = factOf('B', {
          reason: 'wegen „ß“ \u0000',
          case: 'tendril/case/1',
          entity: 'a',
          before: { n: 1.5, deep: { z: 1, a: [null, true] } },
          after: {},
        });
        await commit(store, (draft) => putNew(draft, ['a']), { now: T0, facts: [factOf('A')] });
        await commit(store, async () => {}, { now: T0 + DAY, facts: [detail, factOf('C')] });
        const events = await store.auditEvents(0, 100);
        expect(events).toMatchObject([
          { seq: 1, type: 'A', revision: 1, at: formatTime(T0), previousHash: NO_HASH },
          { ...detail, seq: 2, revision: 2, at: formatTime(T0 + DAY), previousHash: events[0]?.hash },
          { seq: 3, type: 'C', revision: 2, previousHash: events[1]?.hash },
        ]);
        for (const { hash, ...event } of events) expect(eventHash(event)).toBe(hash);
      }),
    );

    test(
      'events are read after a place, at most as many as asked for',
      on(open, async ({ store }) => {
        await commit(store, async () => {}, { facts: ['A', 'B', 'C', 'D'].map((type) => factOf(type)) });
        const types = async (after: number, limit: number) =>
          (await store.auditEvents(after, limit)).map(({ type }) => type);
        expect(await types(1, 2)).toEqual(['B', 'C']);
        expect(await types(3, 10)).toEqual(['D']);
        expect(await types(4, 10)).toEqual([]);
      }),
    );

    test(
      'an engine finds nothing wrong with a store in order, and counts what stands',
      on(open, async ({ store }) => {
        expect(await store.diagnose()).toMatchObject({ problems: [], head: { revision: 0 }, entities: 0 });
        const head = await commit(store, (draft) => putNew(draft, ['a', 'b']), { facts: [factOf('A')] });
        await commit(store, (draft) => putNew(draft, ['a']), { facts: [factOf('B'), factOf('C')] });
        expect(await store.diagnose()).toMatchObject({
          problems: [],
          head: { revision: head.revision + 1 },
          entities: 2,
          relationships: 0,
        });
      }),
    );
  });
}
