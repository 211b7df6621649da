import { describe, expect, test } from '@jest/globals';
import { eventHash, NO_HASH } from '../../src/model/audit.js';
import { formatTime } from '../../src/model/time.js';
import type { AuditQuery } from '../../src/store/journal.js';
import { commit, DAY, factOf, type Open, on, putNew, T0 } from './fixtures.js';
import { refused } from './refused.js';

/** The audit chain, and the diagnosis of a store. */
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
        const events = await store.journal.auditEvents({ limit: 100 });
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
          (await store.journal.auditEvents({ after, limit })).map(({ type }) => type);
        expect(await types(1, 2)).toEqual(['B', 'C']);
        expect(await types(3, 10)).toEqual(['D']);
        expect(await types(4, 10)).toEqual([]);
      }),
    );

    test(
      'the last event is the head of the chain; before the first there is none',
      on(open, async ({ store, openSecond }) => {
        expect(await store.journal.auditHead()).toBeNull();
        await commit(store, async () => {}, { facts: [factOf('A'), factOf('B')] });
        const draft = await store.write({ now: T0 });
        await putNew(draft, ['a']);
        const second = await openSecond();
        expect(await second.journal.auditHead()).toMatchObject({ seq: 2, type: 'B' });
        expect(await store.journal.auditHead()).toEqual(await second.journal.auditHead());
        await draft.commit([factOf('C')]);
        expect(await second.journal.auditHead()).toMatchObject({ seq: 3, type: 'C' });
      }),
    );

    test(
      'events are chosen by case, entity, type, subject, time and place, one by one and together',
      on(open, async ({ store }) => {
        const by = (subject: string) => ({ actor: { subject, signedInBy: 'oidc', requestId: null } });
        const odd = "o'é\u0000\u{1f600}%";
        const facts = [
          [factOf('A', { case: 'c1', entity: 'e1' }), factOf('B', { case: 'c1', ...by('bob') })],
          [],
          [factOf('A', { case: 'c2', entity: 'e1', ...by(odd) }), factOf('C', { case: 'c1', entity: odd })],
          [factOf(odd, { case: odd, entity: 'e2' })],
        ];
        for (const [day, some] of facts.entries()) {
          await commit(store, (draft) => putNew(draft, ['x']), { now: T0 + day * DAY, facts: some });
        }
        const seqs = async (query: Omit<AuditQuery, 'limit'>, limit = 10) =>
          (await store.journal.auditEvents({ ...query, limit })).map(({ seq }) => seq);
        const asked: [Omit<AuditQuery, 'limit'>, number[]][] = [
          [{}, [1, 2, 3, 4, 5]],
          [{ descending: true }, [5, 4, 3, 2, 1]],
          [{ after: 1, before: 4 }, [2, 3]],
          [{ after: 1, before: 4, descending: true }, [3, 2]],
          [{ after: 5 }, []],
          [{ case: 'c1' }, [1, 2, 4]],
          [{ case: 'c1', descending: true, before: 4 }, [2, 1]],
          [{ case: 'c' }, []],
          [{ case: odd }, [5]],
          [{ case: odd.slice(0, 3) }, []],
          [{ entity: 'e1' }, [1, 3]],
          [{ entity: odd }, [4]],
          [{ case: 'c1', entity: 'e1' }, [1]],
          [{ types: ['A', 'C'] }, [1, 3, 4]],
          [{ types: [odd] }, [5]],
          [{ types: [] }, []],
          [{ subject: 'bob' }, [2]],
          [{ subject: odd }, [3]],
          [{ subject: 'ada', case: 'c1', types: ['C', 'B'] }, [4]],
          [{ since: T0 }, [1, 2, 3, 4, 5]],
          [{ since: T0 + 1 }, [3, 4, 5]],
          [{ since: T0 + 3 * DAY }, [5]],
          [{ since: T0 + 3 * DAY + 1 }, []],
          [{ until: T0 - 1 }, []],
          [{ until: T0 }, [1, 2]],
          [{ until: T0 + DAY }, [1, 2]],
          [{ until: T0 + 2 * DAY, descending: true }, [4, 3, 2, 1]],
          [{ since: T0 + DAY, until: T0 + 2 * DAY, case: 'c1' }, [4]],
        ];
        for (const [query, expected] of asked) expect([query, await seqs(query)]).toEqual([query, expected]);
        expect(await seqs({ case: 'c1', descending: true }, 2)).toEqual([4, 2]);
        for (const limit of [0, 2.5, 1001]) await refused('BAD_INPUT', store.journal.auditEvents({ limit }));
      }),
    );

    test(
      'an engine finds no problem in a sound store, and counts its current rows',
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
