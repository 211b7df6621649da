import { expect, test } from '@jest/globals';
import {
  type Attention,
  attentionDocument,
  attentionOf,
  listAttention,
} from '../../../src/offboarding/case/attention.js';
import { STORY_TIME, type TestDesk, withDesk } from '../../support/desk.js';

const entry = (more: Partial<Attention>): Attention => ({
  kind: 'RESURRECTED',
  case: 'tendril/case/1',
  entity: 'x'.repeat(512),
  since: STORY_TIME,
  why: 'It is there again.',
  settledAt: null,
  ...more,
});

async function write(desk: TestDesk, entries: readonly Attention[]): Promise<void> {
  const draft = await desk.store.write({ now: desk.clock.now() });
  await draft.putDocuments(entries.map(attentionDocument));
  await draft.commit([]);
}

test('what somebody has to look at is listed once each, by kind and by page, until it is settled', () =>
  withDesk([], async (desk) => {
    const entries = [
      entry({}),
      entry({ entity: 'b' }),
      entry({ kind: 'STUCK', entity: null }),
      entry({ kind: 'REHIRED', case: 'tendril/case/2' }),
    ];
    await write(desk, entries);
    await write(desk, [entry({ why: 'It is there again, again.' })]);
    const { journal } = desk.store;
    const all = await listAttention(journal, { limit: 10 });
    expect(all.hasNext).toBe(false);
    expect(all.entries).toHaveLength(4);
    expect(all.entries).toContainEqual(entry({ why: 'It is there again, again.' }));
    const first = await listAttention(journal, { limit: 3 });
    const rest = await listAttention(journal, { limit: 3, after: first.places[2]! });
    expect([first.hasNext, rest.hasNext]).toEqual([true, false]);
    expect([...first.entries, ...rest.entries]).toEqual(all.entries);
    const kinds = ['STUCK', 'REHIRED'] as const;
    const some = await listAttention(journal, { limit: 3, kinds });
    expect(some.entries.map(({ kind }) => kind).sort()).toEqual(['REHIRED', 'STUCK']);
    const settled = entry({ entity: 'b', settledAt: STORY_TIME });
    await write(desk, [settled]);
    expect((await listAttention(journal, { limit: 10 })).entries).toHaveLength(3);
    expect(await attentionOf(journal, [settled, { ...settled, case: null }])).toEqual([settled, undefined]);
  }));
