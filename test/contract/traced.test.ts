import { expect, test } from '@jest/globals';
import { tracedStore } from '../../src/api/tracing/traced-store.js';
import type { Tracing } from '../../src/api/tracing/tracing.js';
import { contract } from './contract.js';
import { openOnDisk } from './on-disk.js';

/** Spans that began, and that ended, by name. */
const [begun, ended] = [new Map<string, number>(), new Map<string, number>()];

const add = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);

const counting: Tracing = {
  span({ name }, run) {
    add(begun, name);
    return run({ traceparent: null, end: () => void add(ended, name) });
  },
};

contract('the embedded engine, traced', () => openOnDisk((store) => tracedStore(store, counting, 'sqlite')));

/** What may be left before its end. */
const BATCHES = ['scan', 'draft.entitiesOf', 'draft.relationshipsClaimedBy'];

test('each of its calls is a span that ends once', () => {
  expect([...begun.keys()]).toEqual(expect.arrayContaining(['list', 'journal.documents', 'draft.commit']));
  for (const name of BATCHES) begun.delete(name);
  for (const name of BATCHES) ended.delete(name);
  expect(ended).toEqual(begun);
});
