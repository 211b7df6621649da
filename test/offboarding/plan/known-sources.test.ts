import { expect, test } from '@jest/globals';
import type { SourceRecord } from '../../../src/model/entity.js';
import { actedOn, notKnownOf } from '../../../src/offboarding/plan/known-sources.js';
import { draft } from '../../reference/draft.js';
import { indexOf } from '../../support/plain-index.js';

const DAY = 86_400_000;

const source = (id: string, more: Partial<SourceRecord> = {}): SourceRecord => ({
  ...{ number: 1, id, vendor: null, name: null, actuation: 'MANUAL', reports: ['Token', 'Grant', 'Job'] },
  ...{ couldNotRead: [], syncedAt: 9 * DAY, fullSyncedAt: null },
  ...more,
});

const known = (...sources: readonly SourceRecord[]) => ({
  sources,
  staleAfter: DAY,
  sentTo: ({ id }: SourceRecord) => (id === 'it' ? 'https://hooks.example sha256:0' : null),
});

test('a plan says what nobody looked for, what could not be read and what is old, in one order', async () => {
  const graph = draft({ ada: 'Human', login: 'Account' }, ['ada HAS_ACCOUNT login']);
  const view = (await indexOf(graph)).at(0);
  const number = view.sourceOf(view.numberOf('login'));
  const unread = { kinds: ['Token' as const, 'Grant' as const], account: 'login', because: 'refused' };
  const it = source('it', { number, reports: ['Job', 'Grant'], couldNotRead: [unread] });
  const old = source('old', { number: number + 1, syncedAt: 8 * DAY - 1 });
  const own = source('tendril', { number: number + 2, syncedAt: 0 });
  const ask = (...sources: SourceRecord[]) =>
    notKnownOf(view, [view.numberOf('ada')], known(...sources), () => 'it', 9 * DAY);
  const wanted = {
    blindSpots: [
      { account: 'login', source: 'it', missing: ['Token'], because: null },
      { account: 'login', source: 'it', missing: ['Grant', 'Token'], because: 'refused' },
    ],
    staleSources: ['old'],
  };
  expect(ask(it, old, own)).toEqual(wanted);
  expect(ask(own, old, it)).toEqual(wanted);
});

test('a plan says how the sources are acted on that it acts on, and of no other', () => {
  const both = known(source('it', { actuation: 'WEBHOOK' }), source('other'));
  expect(actedOn([{ source: 'it' }, { source: 'it' }], both)).toEqual([
    { source: 'it', actuation: 'WEBHOOK', sentTo: 'https://hooks.example sha256:0' },
  ]);
});
