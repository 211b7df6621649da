import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { LIMITS, type LimitName, limitTable } from '../../../src/api/limits/limits.js';
import { FIRST_QUERY } from '../../../src/http/explorer.js';
import { CODE, HR } from '../company.js';
import { type Asking, TestService } from '../service.js';

/** Small limits, so that a test crosses each of them by one. The pages and names are those in force. */
const SMALL = {
  depth: 9,
  aliases: 3,
  directives: 3,
  variableItems: 4,
  cost: 30_000,
  queryTokens: 120,
  requestBytes: 4000,
  nodesPerCall: 3,
  representationsPerCall: 4,
  pathsPerCall: 4,
  filterValues: 5,
  searchLength: 10,
} as const;

const list = (count: number, item: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => item(at)).join(' ');
const nested = (times: number): string =>
  times === 0 ? 'id' : `owners(first: 1) { nodes { ${nested(times - 1)} } }`;
const renamed = (times: number) => `{ ${list(times, (at) => `a${at}: __typename`)} }`;
const included = (times: number) =>
  `{ ${list(times, () => '...on Query @include(if: true) { __typename }')} }`;
const paged = (first: number) =>
  `{ entities(first: ${first}) { nodes { owners(first: 10) { nodes { id name } } } } }`;
const represented = (count: number) =>
  `{ _entities(representations: [${list(count, () => '{ __typename: "App", id: "code:app" }')}]) { ... on App { id } } }`;
const ids = (count: number) => `{ nodes(ids: [${list(count, (at) => `"n${at}"`)}]) { id } }`;

/** Every limit of an operation: what just fits, and what is one too many. */
const CASES: readonly (readonly [LimitName, string, string, Asking?])[] = [
  ['pageSize', '{ entities(first: 1000) { totalCount } }', '{ entities(first: 1001) { totalCount } }'],
  ['nodesPerCall', ids(3), ids(4)],
  ['representationsPerCall', represented(4), represented(5)],
  [
    'pathsPerCall',
    '{ accessPaths(from: "hr:ada", to: "code:repo", limit: 4) { length } }',
    '{ accessPaths(from: "hr:ada", to: "code:repo", limit: 5) { length } }',
  ],
  [
    'searchLength',
    `{ entities(filter: { search: "${'x'.repeat(10)}" }) { totalCount } }`,
    `{ entities(filter: { search: "${'x'.repeat(11)}" }) { totalCount } }`,
  ],
  [
    'filterValues',
    `{ entities(filter: { sources: [${list(5, (at) => `"${at}"`)}] }) { totalCount } }`,
    `{ entities(filter: { sources: [${list(6, (at) => `"${at}"`)}] }) { totalCount } }`,
  ],
  ['depth', `{ entity(id: "x") { ${nested(3)} } }`, `{ entity(id: "x") { ${nested(4)} } }`],
  ['aliases', renamed(3), renamed(4)],
  ['directives', included(3), included(4)],
  [
    'directives',
    'query { ...A } fragment A on Query { viewer @include(if: true) { subject @include(if: true) } }',
    'query { ...A ...A } fragment A on Query { viewer @include(if: true) { subject @include(if: true) } }',
  ],
  [
    'variableItems',
    'query ($ids: [ID!]! = []) { nodes(ids: $ids) { id } }',
    'query ($ids: [ID!]! = []) { nodes(ids: $ids) { id } }',
    { variables: { ids: ['1', '2', '3', '4', '5'] } },
  ],
  [
    'variableItems',
    'query ($filter: EntityFilter) { entities(filter: $filter) { totalCount } }',
    'query ($filter: EntityFilter) { entities(filter: $filter) { totalCount } }',
    { variables: { filter: { sources: ['1', '2', '3'], kinds: ['HUMAN', 'JOB'] } } },
  ],
  ['cost', paged(500), paged(1000)],
  [
    'queryTokens',
    `{ ${list(118, () => 'viewer { subject }')
      .split(' ')
      .slice(0, 112)
      .join(' ')} }`,
    `{ ${list(40, () => 'viewer { subject }')} }`,
  ],
];

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({ limits: SMALL }, [HR, CODE], null, { federation: true });
});
afterAll(() => service.stop());

describe('limits of an operation', () => {
  test.each(CASES)('%s', async (limit, fits, crosses, asking = {}) => {
    expect((await service.ask(fits)).errors).toEqual([]);
    const { errors, data } = await service.ask(crosses, asking);
    expect(errors[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', limit, value: limitOf(limit) });
    expect(errors[0]?.message).toContain(String(limitOf(limit)));
    expect(Object.values((data ?? {}) as object).every((value) => value === null)).toBe(true);
  });

  test('count what variables and fragments say', async () => {
    const asked =
      'query ($n: Int = 1000) { entities(first: $n) { ...Rows } } fragment Rows on EntityConnection { nodes { owners(first: 10) { nodes { id name } } } }';
    expect(await service.code(asked)).toBe('LIMIT_EXCEEDED');
    expect(await service.code(asked, { variables: { n: 5 } })).toBeUndefined();
    const twice = '{ a: viewer { ...V } b: viewer { ...V } } fragment V on Viewer { x: subject }';
    expect(await service.code(twice)).toBe('LIMIT_EXCEEDED');
  });

  test('count each representation for what is below it', async () => {
    const fields = 'id name live kind status externalId createdAt lastUsedAt';
    const asked = `query ($r: [_Any!]!) { _entities(representations: $r) { ...on App { owners(first: 1000) { nodes { ${fields} } } } } }`;
    const variables = (count: number) => ({ r: Array(count).fill({ __typename: 'App', id: 'code:app' }) });
    expect(await service.code(asked, { variables: variables(3) })).toBeUndefined();
    const { errors } = await service.ask(asked, { variables: variables(4) });
    expect(errors[0]?.extensions).toMatchObject({ code: 'LIMIT_EXCEEDED', limit: 'cost' });
  });

  test('requestBytes', async () => {
    const { status, errors } = await service.ask(`{ viewer { subject } } #${'x'.repeat(4000)}`);
    expect(status).toBe(413);
    expect(errors[0]?.extensions).toEqual({ code: 'LIMIT_EXCEEDED', limit: 'requestBytes', value: 4000 });
  });

  test('the table has all of them', () => {
    for (const name of Object.keys(LIMITS)) expect(limitTable()).toContain(`\`${name}\``);
    expect(limitTable()).toContain('`pathBeginnings`');
  });
});

describe('the limits in force', () => {
  let inForce: TestService;
  beforeAll(async () => {
    inForce = await TestService.start({}, [HR, CODE]);
  });
  afterAll(() => inForce.stop());

  test('let through what the explorer opens with', async () => {
    // Whom it asks about is not in this company: the question has run, not been refused.
    const { errors } = await inForce.ask(FIRST_QUERY);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['NOT_FOUND']);
    const { errors: none } = await inForce.ask(FIRST_QUERY.replace(/human: "[^"]*"/, 'human: "hr:ada"'));
    expect(none).toEqual([]);
  });

  /** Fields of which a hundred in one operation would keep the service from everybody else. */
  const HEAVY: Readonly<Record<string, string>> = {
    search: 'entities(filter: { search: "no such thing" }) { totalCount }',
    radius: 'blastRadius(human: "hr:ada") { complete }',
    'who can reach': 'whoCanReach(entity: "code:repo") { totalCount }',
    paths: 'accessPaths(from: "hr:ada", to: "code:repo") { length }',
    ranking: 'exposureRanking(first: 1) { totalCount }',
    'past moment': 'entity(id: "hr:ada", asOf: "2026-01-01T00:00:00Z") { id }',
    'past moment of a variable': 'entity(id: "hr:ada", asOf: $at) { id }',
  };

  test.each(Object.entries(HEAVY))('let through a few of %s, and never a hundred', async (_name, field) => {
    const variables = { at: '2026-01-01T00:00:00Z' };
    const head = field.includes('$at') ? 'query ($at: DateTime) ' : '';
    const asked = (times: number) => `${head}{ ${list(times, (at) => `a${at}: ${field}`)} }`;
    expect((await inForce.ask(asked(5), { variables })).errors).toEqual([]);
    const { errors } = await inForce.ask(asked(100), { variables });
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      { code: 'LIMIT_EXCEEDED', limit: 'cost', value: LIMITS.cost.value },
    ]);
  });

  test('weigh what sources say of a thing by its length', async () => {
    const asked = (times: number, field: string) =>
      `{ ${list(times, (at) => `a${at}: entities(first: 1000) { nodes { ${field} } }`)} }`;
    expect((await inForce.ask(asked(19, 'name'))).errors).toEqual([]);
    expect((await inForce.ask(asked(5, 'attributes'))).errors).toEqual([]);
    expect(await inForce.code(asked(19, 'attributes'))).toBe('LIMIT_EXCEEDED');
  });

  test('do not weigh a moment that is not said', async () => {
    const asked = `query ($at: DateTime) { ${list(100, (at) => `a${at}: entity(id: "hr:ada", asOf: $at) { id }`)} }`;
    expect((await inForce.ask(asked)).errors).toEqual([]);
    expect(
      (await inForce.ask(asked.replaceAll('asOf: $at', 'asOf: null').replace('($at: DateTime)', ''))).errors,
    ).toEqual([]);
  });
});

function limitOf(name: LimitName): number {
  const small: Partial<Record<LimitName, number>> = SMALL;
  return small[name] ?? LIMITS[name].value;
}
