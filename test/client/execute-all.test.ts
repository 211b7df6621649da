import { expect, test } from '@jest/globals';
import { overLimit } from '../../src/api/limits/limits.js';
import type { Client } from '../../src/client/client.js';
import { executeAll } from '../../src/client/execute-all.js';
import { TypedDocumentString } from '../../src/documents/generated/graphql.js';

const document = new TypedDocumentString<Answer, { readonly first: number }>('query { radius { rows } }');

interface Answer {
  readonly radius: { readonly revision: string; readonly rows: { readonly edges: readonly number[] } };
}

interface Page {
  readonly first: number;
  readonly rowsAfter?: string | null;
}

/** A service with rows 0 to `count` - 1, whose revision is what `revisionAt` says at each call. */
function serviceOf(count: number, revisionAt: (call: number) => number, most = Number.POSITIVE_INFINITY) {
  const calls: Page[] = [];
  const execute = async (_: unknown, page: Page) => {
    calls.push(page);
    if (page.first > most) throw tooLarge();
    const from = page.rowsAfter == null ? 0 : Number(page.rowsAfter) + 1;
    const edges = Array.from({ length: Math.min(page.first, count - from) }, (_, at) => from + at);
    const last = from + edges.length - 1;
    const pageInfo = { hasNextPage: last < count - 1, endCursor: String(last) };
    return { radius: { revision: String(revisionAt(calls.length)), rows: { edges, pageInfo } } };
  };
  return { calls, client: { pageSize: 4, execute } as unknown as Client };
}

const tooLarge = () => overLimit('cost', { cost: 1 } as never, 'Ask for less.');
const rowsOf = ({ radius }: Answer) => radius.rows.edges;
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at);

test('all pages are one answer', async () => {
  const { client, calls } = serviceOf(10, () => 7);
  expect(rowsOf(await executeAll(client, document, {}))).toEqual(upTo(10));
  expect(calls).toHaveLength(3);
});

test('a page that is too large is asked for again with half as many rows', async () => {
  const { client, calls } = serviceOf(5, () => 7, 2);
  expect(rowsOf(await executeAll(client, document, {}))).toEqual(upTo(5));
  expect(calls.map(({ first }) => first)).toEqual([4, 2, 2, 2]);
});

test('pages of two states are no answer: all are asked for again', async () => {
  const { client, calls } = serviceOf(10, (call) => (call < 3 ? 7 : 8));
  const answer = await executeAll(client, document, {});
  expect([answer.radius.revision, rowsOf(answer)]).toEqual(['8', upTo(10)]);
  expect(calls).toHaveLength(6);
});

test('a graph that never rests is said to be one', async () => {
  const { client } = serviceOf(10, (call) => call);
  await expect(executeAll(client, document, {})).rejects.toMatchObject({ code: 'STALE_READ' });
});
