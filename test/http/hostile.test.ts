import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HR } from '../api/company.js';
import { TestService } from '../api/service.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({}, [HR]);
});
afterAll(() => service.stop());

const times = (count: number, part: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => part(at)).join(' ');
const IDS = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';

/** What is made to keep a service busy, and the error that ends it before it runs. */
const HOSTILE: Readonly<Record<string, readonly [string, string, unknown?]>> = {
  'a circle of fragments': [
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    'BAD_INPUT',
  ],
  'a fragment in itself': ['{ ...A } fragment A on Query { __typename ...A }', 'BAD_INPUT'],
  'ten thousand aliases': [`{ ${times(10_000, (at) => `a${at}: __typename`)} }`, 'LIMIT_EXCEEDED'],
  'fragments that double each time': [
    `{ ...A0 } ${times(40, (at) => `fragment A${at} on Query { a: __typename ...A${at + 1} ...A${at + 1} }`)} fragment A40 on Query { __typename }`,
    'LIMIT_EXCEEDED',
  ],
  'very deep fields': [
    `{ entities { nodes { ${'owners { nodes { '.repeat(600)} id ${'} }'.repeat(600)} } } }`,
    'LIMIT_EXCEEDED',
  ],
  'fields thrown together': [`{ ${times(980, () => 'viewer { subject }')} }`, 'BAD_INPUT'],
  'two thousand directives': [`{ __typename ${times(1900, () => '@skip(if: false)')} }`, 'LIMIT_EXCEEDED'],
  'the same directive again and again': [
    `{ __typename ${times(400, () => '@skip(if: false)')} }`,
    'BAD_INPUT',
  ],
  'a huge list in a variable': [IDS, 'LIMIT_EXCEEDED', { ids: Array.from({ length: 1_000_000 }, String) }],
  'a huge list of what does not fit': [
    IDS,
    'LIMIT_EXCEEDED',
    { ids: Array.from({ length: 300_000 }, () => ({})) },
  ],
  'a page of more rows than there are numbers': [
    '{ entities(first: 2147483647) { totalCount } }',
    'LIMIT_EXCEEDED',
  ],
  'the schema inside the schema': [
    `{ __schema { types { ${'fields { type { '.repeat(9)} name ${'} }'.repeat(9)} } } }`,
    'BAD_INPUT',
  ],
};

describe('an operation made to do harm', () => {
  test.each(Object.entries(HOSTILE))('ends before it runs: %s', async (_name, [query, code, variables]) => {
    const asking = variables === undefined ? {} : { variables: variables as Record<string, unknown> };
    const { data, errors } = await service.ask(query, asking);
    expect([data, errors[0]?.extensions.code]).toEqual([null, code]);
    // Who sends nonsense gets a short answer: what was sent is not sent back.
    expect(JSON.stringify(errors).length).toBeLessThan(60_000);
  });

  test('does not keep the next one from its answer', async () => {
    expect(await service.data('{ viewer { subject } }')).toEqual({ viewer: { subject: 'viewer' } });
  });

  test('is not taken in a batch, nor are honest ones', async () => {
    const response = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...service.headers('VIEWER') },
      body: JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]),
    });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { errors: [{ extensions: { code: 'BAD_INPUT' } }] },
    ]);
  });

  test.each([
    ['variables that are a number', '{"query": "{ __typename }", "variables": 5}'],
    ['a query that is a number', '{"query": 5}'],
    ['nothing', '{}'],
    ['a text', '"{ __typename }"'],
    ['null', 'null'],
    [
      'a snapshot nested a hundred thousand times',
      `{"query": "mutation ($s: JSONObject!) { importSnapshot(input: { snapshot: $s }) { revision } }",
        "variables": {"s": {"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}}}`,
    ],
    [
      'variables nested fifty thousand times',
      `{"query": "{ __typename }", "variables": ${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
    ],
    ['a name that is an object', '{"query": "{ __typename }", "operationName": {"a": 1}}'],
    ['extensions that are a text', '{"query": "{ __typename }", "extensions": "x"}'],
  ])('is told its fault where it is %s', async (_name, body) => {
    const response = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...service.headers('ADMIN') },
      body,
    });
    const answer = (await response.json()) as { errors?: { extensions: { code: string } }[] };
    expect(answer.errors?.map(({ extensions }) => extensions.code) ?? []).not.toContain('INTERNAL');
    expect(response.status).toBeLessThan(500);
  });
});

describe('a guess at the schema', () => {
  test.each([
    ['a field', '{ blastRadiu(human: "x") { revision } }'],
    ['a field below', '{ viewer { subjec } }'],
    ['an argument', '{ blastRadius(humann: "x") { revision } }'],
    ['a type', '{ node(id: "x") { ... on Humann { id } } }'],
    ['an enum value', '{ entities(filter: { kinds: [HUMANN] }) { totalCount } }'],
    ['a field of an input', '{ entities(filter: { kindss: [HUMAN] }) { totalCount } }'],
    ['a directive', '{ __typename @skipp(if: true) }'],
  ])('is not helped with: %s', async (_name, query) => {
    const { errors } = await service.ask(query);
    expect(errors[0]?.extensions.code).toBe('BAD_INPUT');
    expect(JSON.stringify(errors)).not.toMatch(/did you mean/i);
  });

  test('is not helped with in variables either', async () => {
    const query = 'query ($f: EntityFilter) { entities(filter: $f) { totalCount } }';
    const { errors } = await service.ask(query, { variables: { f: { kindss: [], kinds: ['HUMANN'] } } });
    expect(errors[0]?.extensions.code).toBe('BAD_INPUT');
    expect(JSON.stringify(errors)).not.toMatch(/did you mean/i);
  });
});
