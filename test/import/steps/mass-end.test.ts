import { describe, expect, test } from '@jest/globals';
import type { ImportOptions } from '../../../src/import/index.js';
import { type Draft, document, importDocuments, problemsOf, statusOf, withStore } from '../support.js';

const account = (id: string, more: Record<string, unknown> = {}) =>
  ({ kind: 'Account', id, ...more }) as const;
const four = ['a', 'b', 'c', 'd'].map((id) => account(id));
const ended = { ended: true };
const off = { status: 'DISABLED' };

/** Imports something after a source of some accounts. */
async function afterwards(
  accounts: readonly ReturnType<typeof account>[],
  what: Draft,
  look: (
    importing: (options?: Partial<ImportOptions>) => Promise<unknown>,
    status: (id: string) => unknown,
  ) => Promise<void>,
): Promise<void> {
  await withStore(async (store) => {
    await importDocuments(store, [document('it', 1, accounts)]);
    await look(
      (options) => importDocuments(store, [what], options),
      (id) => statusOf(store, id),
    );
  });
}

const full = (...entities: readonly ReturnType<typeof account>[]) => document('it', 2, entities);
const delta = (...entities: readonly ReturnType<typeof account>[]) =>
  document('it', 2, entities, [], 'delta');

describe('a snapshot that ends more than half of what is live of its source', () => {
  test.each([
    ['by leaving out', four, full(account('a'))],
    ['by their status', four, full(account('a'), account('b', off), account('c', off), account('d', off))],
    ['by leaving out and by their status', four, full(account('a'), account('b', off), account('c', off))],
    ['by marking in a delta', four, delta(account('a', ended), account('b', ended), account('c', ended))],
    ['by marking both of two', four.slice(0, 2), delta(account('a', ended), account('b', ended))],
    [
      'with new ones besides',
      four.slice(0, 2),
      delta(account('a', ended), account('b', ended), account('x')),
    ],
  ])('%s is refused unless forced', async (_how, before, what) => {
    await afterwards(before, what, async (importing, status) => {
      expect(await problemsOf(importing())).toMatchObject([
        { row: 'source', field: 'mode', rule: 'MASS_END' },
      ]);
      expect(await status('a')).toBe('ACTIVE');
      await importing({ force: true });
      expect(await status('b')).toBe('DISABLED');
    });
  });

  test.each([
    ['half by their status', four, full(account('a'), account('b'), account('c', off), account('d', off))],
    ['half, marked in a delta', four, delta(account('a', ended), account('b', ended))],
    ['all by statuses in a delta', four, delta(...four.map(({ id }) => account(id, off)))],
    ['the only one, marked in a delta', four.slice(0, 1), delta(account('a', ended))],
    ['the only one, by its status', four.slice(0, 1), full(account('a', off))],
  ])('is not one that ends %s', async (_what, before, what) => {
    await afterwards(before, what, async (importing) => {
      await importing();
    });
  });

  test('does not count what had ended before', async () => {
    const before = [account('a'), account('b'), account('c', off), account('d', off), account('e', off)];
    const what = full(...before.map(({ id }) => account(id, id === 'a' ? {} : off)));
    await afterwards(before, what, async (importing, status) => {
      await importing();
      expect(await status('b')).toBe('DISABLED');
    });
  });
});
